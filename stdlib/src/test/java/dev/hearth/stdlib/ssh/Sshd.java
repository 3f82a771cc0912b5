package dev.hearth.stdlib.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** A real sshd on a loopback port, with keys of its own, that lets in who runs the tests. */
public final class Sshd implements AutoCloseable {
  private static final String VARIABLES = "SetEnv ";

  public static final String USER = System.getProperty("user.name");

  private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
  private static final int ATTEMPTS = 5;

  private final Path folder;
  private final Process process;
  private final int port;
  private final Queue<String> log = new ConcurrentLinkedQueue<>();

  private Sshd(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param folder of its own, empty
   * @param lines of sshd_config that come before its own
   */
  public static Sshd start(Path folder, String... lines) {
    return start(List.of(), folder, lines);
  }

  /** Whether {@link #startInCopy} can be. */
  public static boolean canCopyTheMachine() {
    return USER.equals("root") && Files.exists(Path.of("/usr/bin/unshare"));
  }

  /**
   * The same in a copy of this machine: whatever is changed there is in memory, seen by nobody else
   * and gone with the server. It takes root, who can mount.
   */
  public static Sshd startInCopy(Path folder, String... lines) {
    var script =
        """
        set -e; b=$1; shift
        mount -t tmpfs none "$b"; mkdir "$b/up" "$b/work" "$b/root"
        mount -t overlay overlay -o "lowerdir=/,upperdir=$b/up,workdir=$b/work" "$b/root"
        mount -t proc proc "$b/root/proc"; mount --bind /dev "$b/root/dev"
        exec chroot "$b/root" "$@"
        """;
    try {
      var base = Files.createDirectories(folder.resolve("copy"));
      var before =
          List.of(
              "unshare",
              "-m",
              "--propagation",
              "private",
              "sh",
              "-c",
              script,
              "sh",
              base.toString());
      return start(before, folder, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sshd start(List<String> before, Path folder, String... lines) {
    try {
      Files.createDirectories(folder);
      makeKey(folder.resolve("host"));
      makeKey(folder.resolve("id"));
      Files.copy(folder.resolve("id.pub"), folder.resolve("authorized_keys"));
      privileges();
      for (int i = 1; i < ATTEMPTS; i++) {
        var started = tryToStart(before, folder, List.of(lines));
        if (started.isUp()) {
          return started;
        }
        started.close();
      }
      throw new IllegalStateException("sshd found no port, or does not start.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where sshd locks itself in; the package makes it when the service starts. */
  private static void privileges() throws IOException {
    if (USER.equals("root")) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
  }

  private static Sshd tryToStart(List<String> before, Path folder, List<String> lines)
      throws IOException {
    int port = freePort();
    var config = new ArrayList<>(lines);
    config.addFirst(environment(lines));
    config.addAll(
        List.of(
            "Port " + port,
            "ListenAddress 127.0.0.1",
            "HostKey " + folder.resolve("host"),
            "AuthorizedKeysFile " + folder.resolve("authorized_keys"),
            "PidFile none",
            "UsePAM no",
            "StrictModes no",
            "MaxStartups 200",
            "LogLevel VERBOSE"));
    if (lines.stream().noneMatch(line -> line.startsWith("Subsystem "))) {
      config.add("Subsystem sftp internal-sftp");
    }
    var file = folder.resolve("sshd_config");
    Files.write(file, config);
    var command = new ArrayList<>(before);
    command.addAll(List.of(PROGRAM.toString(), "-D", "-e", "-f", file.toString()));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new Sshd(folder, process, port);
  }

  /**
   * Variables of commands, in one line: sshd takes the first. By {@code SHLVL} Debian's bash leaves
   * what the user's {@code .bashrc} does, which may take seconds, out of each of them.
   */
  private static String environment(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(VARIABLES))
        .map(line -> line.substring(VARIABLES.length()))
        .collect(joining(" ", VARIABLES + "SHLVL=1 ", ""));
  }

  /** A port of the loopback that nobody has at the moment. */
  public static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Reads what it says until it listens, or until it has ended. */
  private boolean isUp() throws IOException {
    var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    for (var line = reader.readLine(); line != null; line = reader.readLine()) {
      log.add(line);
      if (line.contains("Server listening")) {
        Thread.ofVirtual().start(() -> listen(reader));
        return true;
      }
    }
    return false;
  }

  private void listen(BufferedReader reader) {
    try {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        log.add(line);
      }
    } catch (IOException closedWithTheProcess) {
      // What it said before is kept.
    }
  }

  /** Makes a key pair with the real program; {@code options} come after the usual ones. */
  public static void makeKey(Path file, String... options) {
    var command = new ArrayList<>(List.of("ssh-keygen", "-q", "-f", file.toString()));
    var own = List.of(options);
    if (!own.contains("-t")) {
      command.addAll(List.of("-t", "ed25519"));
    }
    if (!own.contains("-N")) {
      command.addAll(List.of("-N", ""));
    }
    command.addAll(own);
    run(command.toArray(String[]::new));
  }

  /** Runs a program to its good end and returns what it wrote. */
  static String run(String... command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var said = new String(process.getInputStream().readAllBytes(), UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new IllegalStateException(List.of(command) + " ended with " + status + ": " + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return port;
  }

  /** The private key that it lets in. */
  public Path key() {
    return folder.resolve("id");
  }

  public Path folder() {
    return folder;
  }

  /** The line by which a known_hosts file knows it. */
  public String knownHost() {
    try {
      return "[127.0.0.1]:" + port + " " + Files.readString(folder.resolve("host.pub"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often somebody has logged in. */
  public long logins() {
    return log.stream().filter(line -> line.contains("Accepted publickey")).count();
  }

  /** What it has logged, for tests that fail. */
  public Stream<String> log() {
    return log.stream();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      var _ = process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
