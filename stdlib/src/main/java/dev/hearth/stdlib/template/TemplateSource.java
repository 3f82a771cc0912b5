package dev.hearth.stdlib.template;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.TextPlace;
import java.util.ArrayList;
import java.util.List;

/** A template's text and its name, for errors with a place. */
record TemplateSource(String text, String name) {
  HearthException error(TemplateError code, int offset, Object... more) {
    var place = TextPlace.at(text, offset);
    var arguments = new ArrayList<Object>(List.of(name, place.line(), place.column()));
    arguments.addAll(List.of(more));
    return place.in(new HearthException(code, arguments.toArray()));
  }
}
