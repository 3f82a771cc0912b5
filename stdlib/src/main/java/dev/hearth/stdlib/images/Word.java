package dev.hearth.stdlib.images;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** One of several, by what recipes and the catalogue call it. */
interface Word {
  String name();

  @JsonValue
  default String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
