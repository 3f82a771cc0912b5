package dev.hearth.stdlib.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Debian's PostgreSQL, on a Unix socket in a folder of its own. */
final class PostgresServer implements AutoCloseable {
  static final String PASSWORD = "geheim'es wort";

  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

  private final Path folder;
  private final Path programs;

  private PostgresServer(Path folder, Path programs) {
    this.folder = folder;
    this.programs = programs;
  }

  static PostgresServer start() throws IOException {
    // Not in a folder of JUnit's: the server is another user's, who must be able to enter it.
    var folder = Files.createTempDirectory(Path.of("/tmp"), "hearth-pg-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    var server = new PostgresServer(folder, programs());
    try {
      Files.writeString(folder.resolve("password"), PASSWORD + "\n");
      if (isRoot()) {
        run(List.of("chown", "-R", "postgres", folder.toString()));
      }
      server.asItsUser(
          "initdb",
          "-D",
          folder + "/data",
          "-A",
          "scram-sha-256",
          "-U",
          "postgres",
          "--no-sync",
          "--pwfile=" + folder + "/password");
      server.asItsUser(
          "pg_ctl",
          "-D",
          folder + "/data",
          "-l",
          folder + "/log",
          "-w",
          "-o",
          "-k " + folder + " -c listen_addresses= -c fsync=off",
          "start");
      return server;
    } catch (RuntimeException e) {
      server.remove();
      throw e;
    }
  }

  /** How a client connects, with the password. */
  String connection() {
    return "host=%s user=postgres dbname=postgres sslmode=disable password='%s'"
        .formatted(folder, PASSWORD.replace("'", "\\'"));
  }

  @Override
  public void close() {
    try {
      asItsUser("pg_ctl", "-D", folder + "/data", "-w", "-m", "immediate", "stop");
    } finally {
      remove();
    }
  }

  private void remove() {
    try (var all = Files.walk(folder)) {
      for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path programs() throws IOException {
    try (var versions = Files.list(VERSIONS)) {
      return versions.max(Comparator.naturalOrder()).orElseThrow().resolve("bin");
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** It does not run as root. */
  private void asItsUser(String program, String... words) {
    var command = new ArrayList<String>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(words));
    run(command);
  }

  private static void run(List<String> command) {
    try {
      var said = Files.createTempFile("hearth-pg-", ".log");
      // To a file: the server that `pg_ctl` leaves behind would hold a pipe open.
      var process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      int status = process.waitFor();
      var text = Files.readString(said, UTF_8);
      Files.delete(said);
      if (status != 0) {
        throw new IllegalStateException(command + ": " + text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
