package dev.hearth.runtime.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What processes of their own do in {@link RollingLinesTest}: they all write into one log. */
final class AppendLines {
  private AppendLines() {}

  /**
   * Arguments: the folder, the size of a full file, who writes, how many lines. Prints how many of
   * them were refused.
   */
  public static void main(String... arguments) {
    var lines =
        new RollingLines(
            new PrivateFolder(Path.of(arguments[0])), "log", Long.parseLong(arguments[1]), 1_000);
    var refused = 0;
    for (var n = 1; n <= Integer.parseInt(arguments[3]); n++) {
      try {
        lines.append(line(arguments[2], n).getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        refused++;
      }
    }
    System.out.println(refused);
  }

  /** Lines of many lengths, each of which says when it is whole. */
  static String line(String writer, int n) {
    return writer + " " + n + " " + "x".repeat(n * 37 % 500) + " end\n";
  }
}
