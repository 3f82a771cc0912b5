package dev.hearth.stdlib.fs;

import dev.hearth.runtime.spi.Foreseen;
import dev.hearth.runtime.spi.Mention;
import java.util.Optional;
import java.util.Set;

/** Which paths a call of {@code fs} reads and changes. */
final class ForeseenPaths {
  private static final Set<String> READING =
      Set.of(
          "read",
          "bytes",
          "json",
          "lines",
          "stat",
          "lstat",
          "exists",
          "readLink",
          "realPath",
          "watch");
  private static final Set<String> OF_A_FOLDER = Set.of("list", "walk");
  private static final Set<String> CHANGING = Set.of("write", "append", "mkdir", "remove", "chmod");

  private ForeseenPaths() {}

  static Foreseen of(Mention mention) {
    if (mention.path().size() != 2 || mention.kind() == Mention.Kind.OTHER) {
      return Foreseen.maybe("read", "write");
    }
    var name = mention.path().get(1);
    var path = mention.argument(0);
    if (READING.contains(name)) {
      return Foreseen.named("read", path);
    }
    if (OF_A_FOLDER.contains(name)) {
      return Foreseen.named("read", path, ".");
    }
    if (CHANGING.contains(name)) {
      return Foreseen.named("write", path).and(Foreseen.maybe("read"));
    }
    return switch (name) {
      case "ensure" -> Foreseen.named("read", path).and(Foreseen.named("write", path));
      case "copy" -> Foreseen.named("read", path).and(Foreseen.named("write", mention.argument(1)));
      case "move" ->
          Foreseen.named("write", path)
              .and(Foreseen.named("write", mention.argument(1)))
              .and(Foreseen.maybe("read"));
      case "symlink" ->
          Foreseen.named("write", mention.argument(1)).and(Foreseen.maybe("read", "write"));
      case "glob" -> inFolder(mention.argument(1));
      default -> Foreseen.maybe("read", "write");
    };
  }

  private static Foreseen inFolder(Optional<Mention.Argument> options) {
    if (options.isEmpty()) {
      return Foreseen.needs("read=.");
    }
    return options
        .get()
        .fields()
        .map(fields -> Foreseen.needs("read=" + fields.getOrDefault("cwd", ".")))
        .orElseGet(() -> Foreseen.maybe("read"));
  }
}
