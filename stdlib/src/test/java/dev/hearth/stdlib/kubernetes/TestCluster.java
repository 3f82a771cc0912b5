package dev.hearth.stdlib.kubernetes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The real cluster that tests may change: the kubeconfig in {@code HEARTH_TEST_KUBECONFIG}. */
final class TestCluster {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private TestCluster() {}

  /** Skips the test where there is no cluster. */
  static Path kubeconfig() {
    var file = System.getenv("HEARTH_TEST_KUBECONFIG");
    assumeTrue(
        file != null && !file.isBlank(),
        "No cluster is at hand: set HEARTH_TEST_KUBECONFIG to a kubeconfig of one.");
    return Path.of(file);
  }

  static ClusterHome home(Path folder) {
    return new ClusterHome(folder).kubeconfig(kubeconfig());
  }

  static String newNamespace() {
    return "hearth-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
  }

  private static Kubeconfig read() {
    var file = kubeconfig().toAbsolutePath();
    try {
      return Kubeconfig.of(Files.readString(file), "of the test", file.resolveSibling(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A context with this name, of somebody with fewer rights. */
  static Optional<String> other(String context) {
    return read().hasContext(context) ? Optional.of(context) : Optional.empty();
  }

  /** {@code host:port} of the current context. */
  static String address() {
    return ServerAddress.parse(read().context("").cluster().text("server")).net().toString();
  }

  /** The current context alone, with its certificates in it. */
  static Optional<String> embedded() {
    var found = read().context("");
    var user = found.user();
    return Optional.of(
        """
        current-context: one
        clusters: [{ name: c, cluster: { server: "%s", certificate-authority-data: %s } }]
        users: [{ name: u, user: { client-certificate-data: %s, client-key-data: %s } }]
        contexts: [{ name: one, context: { cluster: c, user: u } }]
        """
            .formatted(
                found.cluster().text("server"),
                data(found.cluster(), "certificate-authority"),
                data(user, "client-certificate"),
                data(user, "client-key")));
  }

  private static String data(Kubeconfig.Entry entry, String key) {
    var data = entry.text(key + "-data");
    if (!data.isEmpty()) {
      return data;
    }
    try {
      var content = Files.readString(entry.folder().resolve(entry.text(key)));
      return Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
