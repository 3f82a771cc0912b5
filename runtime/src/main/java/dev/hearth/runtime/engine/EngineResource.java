package dev.hearth.runtime.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.graalvm.polyglot.Source;

/** Our own JavaScript, which stands beside these classes. */
final class EngineResource {
  private EngineResource() {}

  /** A script that recipes do not see in their stack traces. */
  static Source script(String name) {
    return Source.newBuilder("js", text(name), "hearth:" + name).internal(true).buildLiteral();
  }

  /** A script in the form of CommonJS that is not of our making. */
  static Source library(String name) {
    var wrapped = "(function (exports, module) {" + text(name) + "\n})";
    return Source.newBuilder("js", wrapped, "hearth:" + name).internal(true).buildLiteral();
  }

  static String text(String name) {
    try (InputStream in = EngineResource.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from this build of Hearth.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
