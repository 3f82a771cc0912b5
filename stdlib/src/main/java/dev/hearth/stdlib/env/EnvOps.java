package dev.hearth.stdlib.env;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import java.util.Locale;
import java.util.Optional;

/** What recipes can ask of the environment. */
final class EnvOps {
  private final Environment environment;

  EnvOps(Environment environment) {
    this.environment = environment;
  }

  record Named(String name) {}

  /**
   * The kind of machine, in the words of Node.
   *
   * @param platform such as {@code linux} or {@code darwin}
   * @param arch such as {@code x64} or {@code arm64}
   */
  record Machine(String platform, String arch) {}

  @Op
  Optional<String> find(Named request) {
    if (!request.name().matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new HearthException(EnvError.NAME, VisibleText.of(request.name()));
    }
    return environment.get(request.name());
  }

  @Op
  String get(Named request) {
    return find(request)
        .orElseThrow(() -> new HearthException(EnvError.MISSING, VisibleText.of(request.name())));
  }

  @Op
  Machine machine() {
    var system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    var arch = System.getProperty("os.arch", "");
    return new Machine(
        system.startsWith("mac") ? "darwin" : system,
        switch (arch) {
          case "amd64", "x86_64" -> "x64";
          case "aarch64" -> "arm64";
          default -> arch;
        });
  }
}
