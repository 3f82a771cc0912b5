package dev.hearth.stdlib.kubernetes;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The Kubernetes that tests meet: one for all tests of a JVM, with two nodes, started by {@code
 * .ci/lab-kubernetes} when the first test asks and gone with the JVM; or the one that {@code
 * HEARTH_TEST_KUBECONFIG} leads to. A test makes what it needs in a namespace of its own.
 */
final class LabCluster {
  private static final int NODES = 2;
  private static @Nullable LabCluster started; // guarded by the class

  private final Path folder;
  private final Path kubeconfig;

  private LabCluster(Path folder, Path kubeconfig) {
    this.folder = folder;
    this.kubeconfig = kubeconfig;
  }

  /** The cluster; where there can be none, the test that asks is skipped. */
  static synchronized LabCluster get() {
    if (started == null) {
      var other = System.getenv("HEARTH_TEST_KUBECONFIG");
      started = other == null || other.isEmpty() ? start() : of(Path.of(other));
    }
    return started;
  }

  private static LabCluster of(Path kubeconfig) {
    return new LabCluster(
        Objects.requireNonNull(kubeconfig.toAbsolutePath().getParent()), kubeconfig);
  }

  private static LabCluster start() {
    if (!Files.exists(cache().resolve("kubernetes-1.20-1/complete"))) {
      abort("Kubernetes for tests is not built; `.ci/lab-kubernetes-build` does it, once.");
    }
    try {
      var folder = Files.createTempDirectory("hearth-k8s-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(folder), "stop " + folder));
      var self = Long.toString(ProcessHandle.current().pid());
      run(List.of("start", folder.toString(), "--nodes", Integer.toString(NODES), "--while", self));
      return new LabCluster(folder, folder.resolve("admin.kubeconfig"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path cache() {
    return Optional.ofNullable(System.getenv("HEARTH_LAB_CACHE"))
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "hearth-lab"));
  }

  private static void stop(Path folder) {
    try {
      run(List.of("stop", folder.toString()));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(List<String> words) throws IOException {
    var script = Path.of(System.getProperty("basedir", "."), "..", ".ci", "lab-kubernetes");
    var command = new ProcessBuilder(script.normalize().toString());
    command.command().addAll(words);
    var said = Files.createTempFile("lab-kubernetes-", ".log");
    try {
      // Into a file: what it starts in the background would keep a pipe open.
      var process = command.redirectErrorStream(true).redirectOutput(said.toFile()).start();
      if (!process.waitFor(4, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(
            script + " " + words + " failed:\n" + Files.readString(said, StandardCharsets.UTF_8));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      Files.delete(said);
    }
  }

  /** Who may do everything. */
  Path kubeconfig() {
    return kubeconfig;
  }

  /** An image with busybox; it must not be pulled always. */
  String image() {
    return isLab() ? "lab/bb:1" : other("IMAGE", "busybox:stable");
  }

  /** An image without a shell or any other program but one that waits. */
  String bareImage() {
    return isLab() ? "lab/bare:1" : other("BARE_IMAGE", "registry.k8s.io/pause:3.9");
  }

  private boolean isLab() {
    return Files.exists(folder.resolve("supervisor.pid"));
  }

  private static String other(String what, String usual) {
    return Optional.ofNullable(System.getenv("HEARTH_TEST_KUBERNETES_" + what)).orElse(usual);
  }

  /**
   * Who may less, or proves it in another way: {@code certificate}, {@code reader}. Another cluster
   * has no such user, and the test that asks is skipped.
   */
  Path kubeconfig(String user) {
    var file = folder.resolve(user + ".kubeconfig");
    if (!Files.exists(file)) {
      abort("The cluster has no user `" + user + "` for tests.");
    }
    return file;
  }
}
