package dev.hearth.cli;

import dev.hearth.runtime.Hearth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * What runs here.
 *
 * @param hearth such as {@code 0.1.0}
 * @param graaljs the version of the JavaScript engine, known without loading it
 * @param java the Java virtual machine
 * @param system the operating system and the processor
 */
record Version(String hearth, String graaljs, String java, String system) {

  static Version read() {
    var built = new Properties();
    try (var in = Version.class.getResourceAsStream("version.properties")) {
      built.load(Objects.requireNonNull(in, "version.properties"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Version(
        Hearth.version(),
        built.getProperty("graaljs"),
        System.getProperty("java.vendor.version", "") + " " + System.getProperty("java.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }
}
