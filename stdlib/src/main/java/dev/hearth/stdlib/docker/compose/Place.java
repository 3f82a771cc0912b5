package dev.hearth.stdlib.docker.compose;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.TextPlace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where something of a Compose model is written.
 *
 * @param origin the file
 * @param offset in its text
 * @param path in the model, such as {@code services.web.ports[0]}; empty for all of it
 */
public record Place(Origin origin, int offset, String path) implements FormPlace {
  Place key(String name) {
    return new Place(origin, offset, path.isEmpty() ? name : path + "." + name);
  }

  Place item(int index) {
    return new Place(origin, offset, path + "[" + index + "]");
  }

  Place at(int where) {
    return new Place(origin, where, path);
  }

  /** A path that is written here, absolute. */
  String resolved(String written) {
    return new HostPaths(origin.folder(), _ -> home()).resolved(written, this);
  }

  private Path home() {
    return origin
        .variables()
        .find("HOME")
        .filter(home -> home.startsWith("/"))
        .map(Path::of)
        .orElseThrow(
            () -> error(ComposeError.COMPOSE_VARIABLE, "HOME", "`~` in a path stands for it"));
  }

  @Override
  public HearthException wrong(String problem, String hint) {
    return error(
        ComposeError.COMPOSE_VALUE,
        (path.isEmpty() ? "what stands there " : "`" + path + "` ") + problem,
        hint);
  }

  /** A failure about what stands here; the place is the message's first argument. */
  public HearthException error(ComposeError code, Object... more) {
    var arguments = new ArrayList<Object>(List.of(toString()));
    arguments.addAll(List.of(more));
    return in(new HearthException(code, arguments.toArray()));
  }

  /**
   * A failure about what leads back to itself.
   *
   * @param way ends with where the circle began
   */
  <T> HearthException circle(String what, List<T> way, Function<T, String> shown) {
    var circle = way.subList(way.indexOf(way.getLast()), way.size());
    var told = circle.stream().map(shown).collect(Collectors.joining(" → "));
    return error(ComposeError.COMPOSE_CYCLE, what, told);
  }

  /** A failure about the name of one container where a service has several. */
  public HearthException nameOfSeveral() {
    return error(
        ComposeError.COMPOSE_VALUE,
        "one `container_name` is given to several containers",
        "Leave it out, and each gets a name of its own.");
  }

  /** The same failure as one about what stands here. */
  public HearthException in(HearthException error) {
    var told = path.isEmpty() ? error : error.with("path", path);
    var file = origin.file();
    return file.isEmpty() ? told : TextPlace.at(origin.text(), offset).in(told.with("file", file));
  }

  /** As compilers write it: {@code compose.yaml:12:5}. */
  @Override
  public String toString() {
    if (origin.file().isEmpty()) {
      return path.isEmpty() ? "The model" : "The model's " + path;
    }
    var place = TextPlace.at(origin.text(), offset);
    return origin.file() + ":" + place.line() + ":" + place.column();
  }
}
