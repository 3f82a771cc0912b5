package dev.hearth.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A source tree with the real launcher and nothing else real: JDKs that print how they were called,
 * a Maven that records that it ran. The tools on PATH call the system's one by one, so that neither
 * the Java nor the Maven of this machine is found.
 */
final class SourceTree {
  private static final List<String> TOOLS =
      List.of("cat", "find", "ln", "mkdir", "mv", "readlink", "rm", "sh", "sleep", "touch");

  /** Prints its own home and its arguments, and ends with the status that FAKE_STATUS names. */
  private static final String JAVA =
      """
      #!/bin/sh
      echo "java of ${0%/bin/java}"
      for argument in "$@"; do echo "<$argument>"; done
      exit "${FAKE_STATUS:-0}"
      """;

  /** Builds what the launcher looks for, or fails when it is told to. */
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "mvn $*"
      echo "built with $JAVA_HOME" >>maven-calls
      [ ! -f fail ] || exit 1
      [ ! -p gate ] || read -r line <gate
      mkdir -p repl/target/hearth
      echo "$JAVA_HOME" >repl/target/hearth/jdk
      touch repl/target/hearth/stamp
      """;

  final Path folder;
  final Path root;
  final Path path;
  private final Map<String, String> environment = new HashMap<>();

  SourceTree(Path folder) {
    this.folder = folder;
    this.root = folder.resolve("checkout");
    this.path = folder.resolve("path");
    try {
      for (String module : List.of("runtime", "stdlib", "repl")) {
        Files.createDirectories(root.resolve(module).resolve("src/main"));
        Files.createFile(root.resolve(module).resolve("pom.xml"));
      }
      Files.createDirectories(root.resolve("recipes/target"));
      Files.createDirectories(root.resolve(".build"));
      Files.createFile(root.resolve("pom.xml"));
      Files.createDirectories(path);
      for (String tool : TOOLS) {
        executable(path.resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(systemTool(tool)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    executable(root.resolve("hearth"), launcher().replace("/usr/lib/jvm ", folder + "/jvm "));
    executable(path.resolve("mvn"), MAVEN);
    environment.put("PATH", path.toString());
    environment.put("HOME", folder.resolve("home").toString());
  }

  /** The text of the real launcher. */
  static String launcher() {
    return read(project("hearth"));
  }

  /** A file of the project that is being built. */
  static Path project(String name) {
    return Path.of("").toAbsolutePath().resolveSibling(name);
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path systemTool(String name) {
    for (String folder : List.of("/bin", "/usr/bin")) {
      if (Files.exists(Path.of(folder, name))) {
        return Path.of(folder, name);
      }
    }
    throw new IllegalStateException("The system has no " + name);
  }

  /** Puts a JDK of {@code version} into {@code home}, below the test's folder, and returns it. */
  Path jdk(String home, String version) {
    Path jdk = folder.resolve(home);
    write(jdk.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
    executable(jdk.resolve("bin/java"), JAVA);
    executable(jdk.resolve("bin/javac"), JAVA);
    return jdk;
  }

  /** As if built now with {@code jdk}: all sources are made older than that. */
  SourceTree built(Path jdk) {
    write(root.resolve("repl/target/hearth/jdk"), jdk + "\n");
    write(root.resolve("repl/target/hearth/stamp"), "");
    age(root.resolve("repl/target/hearth/stamp"), Instant.now().plusSeconds(60));
    return this;
  }

  /** Sets the time of {@code file}, which need not be there. */
  void age(Path file, Instant time) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(time));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SourceTree with(String variable, Object value) {
    environment.put(variable, value.toString());
    return this;
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void executable(Path file, String text) {
    write(file, text);
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often Maven was called. */
  long builds() {
    Path calls = root.resolve("maven-calls");
    return Files.exists(calls) ? read(calls).lines().count() : 0;
  }

  /** Starts the launcher as {@code command} in {@code from}; both streams are kept. */
  Process start(Path from, Path command, String... arguments) {
    var line = new ArrayList<String>();
    line.add(command.toString());
    line.addAll(List.of(arguments));
    var builder = new ProcessBuilder(line).directory(from.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs {@code ./hearth} in the tree to its end. */
  Outcome run(String... arguments) {
    return Outcome.of(start(root, root.resolve("hearth"), arguments));
  }

  /** How a launcher ended. */
  record Outcome(int status, String out, String err) {
    static Outcome of(Process process) {
      try {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), out, err);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
