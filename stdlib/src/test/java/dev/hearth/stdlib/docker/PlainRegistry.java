package dev.hearth.stdlib.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.stdlib.docker.lab.DockerLab;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Debian's real {@code docker-registry}, without TLS, as loopback is trusted by Docker engines. */
final class PlainRegistry implements AutoCloseable {
  private static final String SCRIPT =
      Path.of(System.getProperty("basedir", "."), "..", ".ci", "lab-docker").normalize().toString();

  private final Process process;
  private final int port;

  private PlainRegistry(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Open to everybody. */
  static PlainRegistry start(Path folder) {
    return start(folder, "");
  }

  /** With one user. */
  static PlainRegistry start(Path folder, String user, String password) {
    var htpasswd = folder.resolve("htpasswd");
    write(htpasswd, output(SCRIPT, "tool", "htpasswd", "-Bbn", user, password));
    return start(folder, "auth:\n  htpasswd:\n    realm: lab\n    path: %s\n".formatted(htpasswd));
  }

  private static PlainRegistry start(Path folder, String more) {
    int port = freePort();
    var config = folder.resolve("registry.yml");
    write(
        config,
        """
        version: 0.1
        storage:
          filesystem: { rootdirectory: %s }
          delete: { enabled: true }
        http: { addr: 127.0.0.1:%d }
        """
                .formatted(folder.resolve("registry"), port)
            + more);
    try {
      var builder =
          new ProcessBuilder(
              DockerLab.program("docker-registry").toString(), "serve", config.toString());
      builder.environment().keySet().removeIf(name -> name.startsWith("OTEL_"));
      var process = builder.redirectErrorStream(true).start();
      var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      var line = reader.readLine();
      while (line != null && !line.contains("listening on")) {
        line = reader.readLine();
      }
      if (line == null) {
        throw new IllegalStateException("The registry did not start.");
      }
      Thread.ofVirtual().start(() -> reader.lines().forEach(ignored -> {}));
      return new PlainRegistry(process, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String output(String... command) {
    try {
      var process = new ProcessBuilder(command).start();
      var text = new String(process.getInputStream().readAllBytes(), UTF_8);
      process.waitFor();
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return port;
  }

  /** Host and port, as they stand before the names of its images. */
  String host() {
    return "127.0.0.1:" + port;
  }

  /** Makes it reachable under the same name from an engine. */
  DockerLab.Port in(DockerLab engine) {
    return engine.expose(port);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
