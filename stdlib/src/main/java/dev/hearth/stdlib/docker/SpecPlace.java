package dev.hearth.stdlib.docker;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * Where the specification of a container stands: what the names in it mean to the engine.
 *
 * @param bind the absolute path of a folder or file of the engine's machine that is bound
 * @param volume the engine's name of a volume
 * @param network the engine's name of a network
 */
record SpecPlace(
    UnaryOperator<String> bind, UnaryOperator<String> volume, UnaryOperator<String> network) {

  /** Relative paths begin in this folder; other names are the engine's own. */
  static SpecPlace in(Path folder) {
    var base = folder.toAbsolutePath();
    return new SpecPlace(
        path -> base.resolve(path).normalize().toString(),
        UnaryOperator.identity(),
        UnaryOperator.identity());
  }

  SpecPlace volumes(UnaryOperator<String> names) {
    return new SpecPlace(bind, names, network);
  }

  SpecPlace networks(UnaryOperator<String> names) {
    return new SpecPlace(bind, volume, names);
  }
}
