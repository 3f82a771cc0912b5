package dev.hearth.stdlib.docker;

import dev.hearth.stdlib.docker.compose.HostPaths;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Where the specification of a container stands: what the names in it mean to the engine.
 *
 * @param paths of folders and files of the engine's machine
 * @param volume the engine's name of a volume
 * @param network the engine's name of a network
 */
record SpecPlace(HostPaths paths, UnaryOperator<String> volume, UnaryOperator<String> network) {
  /** Where paths are absolute, and all names are the engine's own. */
  static final SpecPlace ABSOLUTE =
      in(
          Path.of("/"),
          () -> {
            throw new IllegalStateException("A path is not absolute.");
          });

  /** Relative paths begin in this folder; other names are the engine's own. */
  static SpecPlace in(Path folder, Supplier<Path> home) {
    return new SpecPlace(
        new HostPaths(folder.toAbsolutePath(), _ -> home.get()),
        UnaryOperator.identity(),
        UnaryOperator.identity());
  }

  SpecPlace volumes(UnaryOperator<String> names) {
    return new SpecPlace(paths, names, network);
  }

  SpecPlace networks(UnaryOperator<String> names) {
    return new SpecPlace(paths, volume, names);
  }
}
