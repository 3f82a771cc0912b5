package dev.hearth.standby;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;

/**
 * All of a process that a run in it depends on and that a call does not bring along: where it
 * stands, what it was built from, who it is, what the kernel lets it do and see. A run may be
 * handed to another process only if the two are alike to the letter.
 *
 * <p>Environment variables come with the call; here are only those that a JVM reads once. Only
 * Linux tells all of this.
 */
final class Likeness {
  private static final Path SELF = Path.of("/proc/self");
  private static final String[] VARIABLES = {
    "HOME",
    "LC_ALL",
    "LC_CTYPE",
    "LANG",
    "TZ",
    "HEARTH_JAVA_OPTS",
    "JDK_JAVA_OPTIONS",
    "JAVA_TOOL_OPTIONS"
  };
  private static final String[] NAMESPACES = {"cgroup", "ipc", "mnt", "net", "pid", "user", "uts"};

  /** Lines of {@code /proc/self/status} about who a process is and what it may do. */
  private static final String[] STATUS = {
    "Umask:",
    "Uid:",
    "Gid:",
    "Groups:",
    "CapPrm:",
    "CapEff:",
    "CapBnd:",
    "CapAmb:",
    "NoNewPrivs:",
    "Seccomp:"
  };

  private Likeness() {}

  /**
   * The likeness of this process as a text; empty where the system does not tell.
   *
   * @param jar what runs: another build is another likeness
   */
  static Optional<String> ofThisProcess(Path jar, Map<String, String> environment) {
    try {
      var text = new StringBuilder("hearth standby 1\n");
      file(text, jar);
      file(text, Path.of(System.getProperty("user.dir")));
      text.append(System.getProperty("java.home")).append('\n');
      text.append(System.getProperty("hearth.glyphs")).append('\n');
      for (var name : VARIABLES) {
        text.append(name).append('=').append(environment.getOrDefault(name, "")).append('\n');
      }
      for (var line : Files.readAllLines(SELF.resolve("status"))) {
        if (startsWithAny(line)) {
          text.append(line).append('\n');
        }
      }
      text.append(Files.readString(SELF.resolve("limits")));
      for (var name : NAMESPACES) {
        text.append(Files.readSymbolicLink(SELF.resolve("ns").resolve(name))).append('\n');
      }
      text.append(Files.readSymbolicLink(SELF.resolve("root"))).append('\n');
      return Optional.of(text.toString());
    } catch (IOException e) {
      return Optional.empty(); // no Linux, or one that keeps it for itself
    }
  }

  private static void file(StringBuilder text, Path file) throws IOException {
    var facts = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    text.append(file).append(' ').append(facts.fileKey());
    if (facts.isRegularFile()) {
      text.append(' ').append(facts.size()).append(' ').append(facts.lastModifiedTime().toMillis());
    }
    text.append('\n');
  }

  private static boolean startsWithAny(String line) {
    for (var begin : STATUS) {
      if (line.startsWith(begin)) {
        return true;
      }
    }
    return false;
  }
}
