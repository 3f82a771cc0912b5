package dev.hearth.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How tests start Java: with the launcher's options, and the classes that they run on themselves.
 */
public final class JavaCommand {
  private JavaCommand() {}

  /** Hearth's command line, with further options of the JVM. */
  static List<String> hearth(List<String> options, List<String> words) {
    var all = new ArrayList<>(List.of(Main.class.getName()));
    all.addAll(words);
    return of(options, all);
  }

  /** The same for {@code words} that begin with the main class. */
  public static List<String> of(List<String> options, List<String> words) {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    line.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path")));
    line.addAll(words);
    return line;
  }
}
