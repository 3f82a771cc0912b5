package dev.hearth.stdlib.docker.compose;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.TextPlace;
import java.util.ArrayList;
import java.util.List;

/**
 * Where something of a Compose model is written.
 *
 * @param file as the recipe named it; empty for a model that the recipe gave as an object
 * @param text of the file
 * @param offset in the text
 * @param path in the model, such as {@code services.web.ports[0]}; empty for all of it
 */
public record Place(String file, String text, int offset, String path) {
  /** All of a model that is no file. */
  static final Place MODEL = new Place("", "", 0, "");

  /** The start of a file. */
  static Place of(String file, String text) {
    return new Place(file, text, 0, "");
  }

  Place key(String name) {
    return new Place(file, text, offset, path.isEmpty() ? name : path + "." + name);
  }

  Place item(int index) {
    return new Place(file, text, offset, path + "[" + index + "]");
  }

  Place at(int where) {
    return new Place(file, text, where, path);
  }

  /** A failure about what stands here; the place is the message's first argument. */
  public HearthException error(ComposeError code, Object... more) {
    var arguments = new ArrayList<Object>(List.of(toString()));
    arguments.addAll(List.of(more));
    var error = new HearthException(code, arguments.toArray());
    if (!path.isEmpty()) {
      error = error.with("path", path);
    }
    return file.isEmpty() ? error : TextPlace.at(text, offset).in(error.with("file", file));
  }

  /** As compilers write it: {@code compose.yaml:12:5}. */
  @Override
  public String toString() {
    if (file.isEmpty()) {
      return path.isEmpty() ? "The model" : "The model's " + path;
    }
    var place = TextPlace.at(text, offset);
    return file + ":" + place.line() + ":" + place.column();
  }
}
