package dev.hearth.runtime.engine.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The encodings of the Encoding Standard by their labels; encodings.txt lists them. */
final class Encodings {
  private static final Map<String, String[]> BY_LABEL = read();

  private Encodings() {}

  private static Map<String, String[]> read() {
    try (var in = Encodings.class.getResourceAsStream("encodings.txt")) {
      if (in == null) {
        throw new IllegalStateException("encodings.txt is missing from this build of Hearth.");
      }
      var labels = new HashMap<String, String[]>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\\|", 3))
          .forEach(
              parts -> {
                for (var label : parts[2].split(" ", -1)) {
                  labels.put(label, parts);
                }
              });
      return labels;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The standard's name of the encoding that a label means. */
  static Optional<String> nameOf(String label) {
    var stripped = label.replaceAll("^[\\t\\n\\f\\r ]+|[\\t\\n\\f\\r ]+$", "");
    return Optional.ofNullable(BY_LABEL.get(stripped.toLowerCase(Locale.ROOT)))
        .map(parts -> parts[0]);
  }

  /** The JDK's charset for a name that {@link #nameOf} gave. */
  static Charset charset(String name) {
    var parts = BY_LABEL.get(name);
    if (parts == null) {
      throw new IllegalArgumentException("`" + name + "` is not an encoding.");
    }
    return Charset.forName(parts[1]);
  }
}
