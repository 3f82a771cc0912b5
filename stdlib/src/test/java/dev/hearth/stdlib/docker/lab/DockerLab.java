package dev.hearth.stdlib.docker.lab;

import dev.hearth.stdlib.ssh.Sshd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A real engine in a network of its own: Debian 12's Docker ({@code 20}), Debian 13's ({@code 26})
 * or Podman's service ({@code podman}). It has the image {@code lab/bb:1}: busybox, a page in
 * {@code /www}.
 */
public final class DockerLab implements AutoCloseable {
  /** The port of {@code tcp://} with TLS, in the network of the engine. */
  private static final int TLS_PORT = 2376;

  private static final Map<String, DockerLab> STARTED = new HashMap<>(); // guarded by the class

  private final LabProcess process;

  private DockerLab(LabProcess process) {
    this.process = process;
  }

  /**
   * The engine that all tests of this JVM share; it ends with the JVM. Tests give what they make
   * names of their own and remove it.
   */
  public static synchronized DockerLab engine(String name) {
    return STARTED.computeIfAbsent(
        name,
        missing -> {
          var lab = start(missing);
          Runtime.getRuntime().addShutdownHook(new Thread(lab::close, "stop engine " + missing));
          return lab;
        });
  }

  /** One of the caller's own, for tests of what is everywhere in an engine, such as a prune. */
  public static DockerLab start(String name) {
    try {
      var folder = Files.createTempDirectory("hearth-docker-");
      return new DockerLab(LabProcess.start("run", name, folder.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path socket() {
    return Path.of(process.fact("socket"));
  }

  /** As {@code host} of a connection and in {@code DOCKER_HOST}. */
  public String host() {
    return "unix://" + socket();
  }

  /** A folder with {@code ca.pem}, {@code cert.pem} and {@code key.pem} for {@link #tls}. */
  public Path certificates() {
    return Path.of(process.fact("certificates"));
  }

  /** A way to the engine's own TLS port. */
  public Port tls() {
    return forward(TLS_PORT);
  }

  /** A port of the engine's network, such as one that a container publishes, on our loopback. */
  public Port forward(int port) {
    return new Port(LabProcess.start("forward", folder(), Integer.toString(port)));
  }

  /** A port of our loopback in the engine's network, under the same number. */
  public Port expose(int port) {
    return new Port(LabProcess.start("expose", folder(), Integer.toString(port)));
  }

  /** Runs a command in the engine's network and returns what it wrote. */
  public String within(String... command) {
    var words = new String[command.length + 2];
    words[0] = "within";
    words[1] = folder();
    System.arraycopy(command, 0, words, 2, command.length);
    return LabProcess.run(words);
  }

  /** Runs Docker's own client against it and returns what it wrote. */
  public String docker(String... words) {
    var command = new ArrayList<>(List.of("tool", "docker", "-H", host()));
    command.addAll(List.of(words));
    return LabProcess.run(command.toArray(String[]::new));
  }

  /** A real sshd whose users find this engine with {@code docker system dial-stdio}. */
  public Sshd overSsh(Path folder) {
    return Sshd.start(
        folder,
        "SetEnv DOCKER_HOST="
            + host()
            + " PATH="
            + program("docker").getParent()
            + ":/usr/bin:/bin");
  }

  /** Where a program is that was fetched with the engines, such as Debian 13's {@code docker}. */
  public static Path program(String name) {
    return Path.of(LabProcess.run("where", name).strip());
  }

  /** The folder with the plug-ins {@code docker-compose} and {@code docker-buildx}. */
  public static Path plugins() {
    return Path.of(LabProcess.run("where", "plugins").strip());
  }

  private String folder() {
    return process.fact("folder");
  }

  @Override
  public void close() {
    process.close();
  }

  /** Open until it is closed. */
  public static final class Port implements AutoCloseable {
    private final LabProcess process;

    private Port(LabProcess process) {
      this.process = process;
    }

    /** On our loopback, or in the engine's network when that is where it was opened. */
    public int number() {
      return Integer.parseInt(process.fact("port"));
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
