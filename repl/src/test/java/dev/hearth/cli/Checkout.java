package dev.hearth.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;

/** The project itself. */
public final class Checkout {
  private Checkout() {}

  /** Its folder, wherever the tests are started. */
  public static Path root() {
    var folder = Path.of("").toAbsolutePath();
    return Files.exists(folder.resolve("hearth"))
        ? folder
        : requireNonNull(folder.getParent(), "a module stands in the project's folder");
  }
}
