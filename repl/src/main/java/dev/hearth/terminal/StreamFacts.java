package dev.hearth.terminal;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the standard streams of a process are, each named by its number.
 *
 * @param terminals those that are terminals, such as {@code 02}
 * @param files those that are files, devices or terminals, as opposed to pipes and sockets
 */
public record StreamFacts(String terminals, String files) {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /**
   * Those of this process. The launcher may know the terminals by {@code test -t} and say so in a
   * property; without it Linux tells by its links, and elsewhere Java knows only about input and
   * output together.
   */
  public static StreamFacts ofThisProcess() {
    var told = System.getProperty("hearth.terminals");
    if (!Files.isDirectory(DESCRIPTORS)) {
      return new StreamFacts(told == null ? console() : told, "");
    }
    var terminals = new StringBuilder();
    var files = new StringBuilder();
    for (var descriptor = 0; descriptor <= 2; descriptor++) {
      var target = target(descriptor);
      if (target.startsWith("/")) { // pipes and sockets have names that are no paths
        files.append(descriptor);
      }
      if (target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console")) {
        terminals.append(descriptor);
      }
    }
    return new StreamFacts(told == null ? terminals.toString() : told, files.toString());
  }

  private static String console() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        ? "012"
        : "";
  }

  /** What a descriptor's link names; a closed one has none, and so nobody waits for it. */
  private static String target(int descriptor) {
    try {
      return Files.readSymbolicLink(DESCRIPTORS.resolve(String.valueOf(descriptor))).toString();
    } catch (IOException e) {
      return "";
    }
  }

  /** Whether a person can be asked: input and messages are both on a terminal. */
  public boolean interactive() {
    return isTerminal(0) && isTerminal(2);
  }

  boolean isTerminal(int descriptor) {
    return terminals.indexOf('0' + descriptor) >= 0;
  }

  boolean isFile(int descriptor) {
    return files.indexOf('0' + descriptor) >= 0;
  }
}
