package dev.hearth.stdlib.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.stdlib.WaitsFor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** API servers that are away for a while, that never come, and that say nothing. */
@WaitsFor("kubernetes")
class ClusterAwayTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String EMPTY =
      "{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"7\"},\"items\":[]}";
  private static final String MAP =
      "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"}}";

  private final ScriptedServer server = new ScriptedServer();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Path folder;
  private final ClusterHome home;

  ClusterAwayTest(@TempDir Path folder) {
    this.folder = folder;
    this.home = at(server.address());
  }

  private ClusterHome at(String address) {
    var user = new ClusterHome(folder);
    user.file(
        ".kube/config",
        """
        current-context: home
        clusters: [{ name: c, cluster: { server: "%s" } }]
        users: [{ name: u, user: { token: the-token } }]
        contexts: [{ name: home, context: { cluster: c, user: u } }]
        """
            .formatted(address));
    return user;
  }

  @AfterEach
  void closeServer() {
    over.countDown();
    server.close();
  }

  @Test
  void what_fails_for_a_moment_is_asked_for_again() {
    server
        .status("GET " + MAPS + "/a", 500, "", "etcdserver: leader changed")
        .status("GET " + MAPS + "/a", 504, "Timeout", "request did not complete")
        .answers("GET " + MAPS + "/a", _ -> HttpResponse.of(502, "text/plain", "Bad Gateway"))
        .json("GET " + MAPS + "/a", MAP);
    assertThat(home.value("return (await k8s.configMap('a').get()).kind;"))
        .isEqualTo("\"ConfigMap\"");
    assertThat(server.asked()).hasSize(4);
  }

  @Test
  void what_fails_for_good_is_told_at_once() {
    server.status(
        "GET " + MAPS + "/a", 500, "InternalError", "conversion webhook for lamps failed");
    assertThat(home.failure("await k8s.configMap('a').get();"))
        .startsWith("kubernetes.refused: ")
        .contains("conversion webhook for lamps failed");
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void a_write_that_may_have_been_done_is_not_repeated_and_one_that_was_not_is() {
    server.status("POST " + MAPS, 500, "", "etcdserver: request timed out");
    assertThat(home.failure("await k8s.configMaps.create({ metadata: { name: 'a' } });"))
        .startsWith("kubernetes.refused: ")
        .contains("etcdserver: request timed out");
    assertThat(server.asked()).hasSize(1);
    server
        .status("PUT " + MAPS + "/a", 429, "TooManyRequests", "too many requests")
        .json("PUT " + MAPS + "/a", MAP);
    assertThat(
            home.value("return (await k8s.configMaps.replace({ metadata: { name: 'a' } })).kind;"))
        .isEqualTo("\"ConfigMap\"");
  }

  @Test
  void a_server_that_never_answered_is_told_at_once() {
    server.close();
    var began = Instant.now();
    assertThat(home.failure("await k8s.configMap('a').waitFor('ready', { timeout: '60s' });"))
        .startsWith("net.refused: ");
    assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(30));
  }

  /** Says nothing until the test is over. */
  private final class Silent extends InputStream {
    @Override
    public int read() {
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return read();
    }
  }

  @Test
  void a_wait_ends_in_time_also_where_nothing_comes() {
    server
        .json("GET " + MAPS, EMPTY)
        .answers("GET " + MAPS, _ -> HttpResponse.of(200).body(HttpBody.of(new Silent(), -1)));
    var began = Instant.now();
    assertThat(home.failure("await k8s.configMap('a').waitFor('ready', { timeout: '1s' });"))
        .startsWith(
            "kubernetes.wait-timeout: ConfigMap `a` in namespace `default` was not ready after 1 s");
    assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void a_wait_that_the_server_does_not_survive_says_so() {
    server
        .json("GET " + MAPS, EMPTY)
        .answers("GET " + MAPS, _ -> HttpResponse.of(503, "text/plain", "no leader"));
    assertThat(home.failure("await k8s.configMap('a').waitFor('ready', { timeout: '1s' });"))
        .startsWith("kubernetes.wait-timeout: ")
        .contains("after 1 s: the cluster is away: ");
  }

  /** A way to the server that can be taken away, and is there again at the same port. */
  private static final class Way implements AutoCloseable {
    private final SystemNet net = new SystemNet();
    private final NetAddress there;
    private final Set<NetStream> open = ConcurrentHashMap.newKeySet();
    private StreamServer way;

    private Way(NetAddress there) {
      this.there = there;
      this.way = start(0);
    }

    private StreamServer start(int port) {
      return StreamServer.start(
          net.listen("127.0.0.1", port, null), this::pass, (peer, failure) -> {});
    }

    private void pass(NetStream client) throws IOException {
      var to = net.connect(there, null);
      open.add(client);
      open.add(to);
      var back = Thread.ofVirtual().start(() -> pour(client, to));
      pour(to, client);
      try {
        back.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void pour(NetStream from, NetStream to) {
      var chunk = new byte[8192];
      try {
        for (int n = from.input().read(chunk); n >= 0; n = from.input().read(chunk)) {
          to.output().write(chunk, 0, n);
          to.output().flush();
        }
      } catch (IOException e) {
        // one of them has left
      } finally {
        close(from);
        close(to);
      }
    }

    private void close(NetStream stream) {
      open.remove(stream);
      try {
        stream.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private String address() {
      return way.address();
    }

    private void goAway() {
      close();
      Set.copyOf(open).forEach(this::close);
    }

    private void comeBack(String address) {
      way = start(NetAddress.parse(address).port());
    }

    @Override
    public void close() {
      try {
        way.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void watches_waits_and_logs_outlive_a_cluster_that_is_away(@TempDir Path direct)
      throws IOException {
    var lab = new PodLab(direct);
    var config = Files.readString(LabCluster.get().kubeconfig(), UTF_8);
    var at = config.replaceFirst("(?s).*server: \"?https://([^\"/,\\s]+).*", "$1");
    try (var way = new Way(NetAddress.parse(at))) {
      var address = way.address();
      var user = new ClusterHome(folder.resolve("away"));
      user.kubeconfig(user.file("config", config.replace(at, address)));
      var said =
          CompletableFuture.supplyAsync(
              () ->
                  user.value(
                      """
                      const namespace = '%s';
                      await k8s.serviceAccount('default', { namespace }).waitFor();
                      await k8s.pods.create({ metadata: { name: 'count', namespace },
                        spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: '%s',
                          command: ['sh', '-c', 'i=0; while [ $i -lt 120 ]; do i=$((i+1)); echo $i; sleep 0.1; done'] }] } });
                      const logs = async () => {
                        let next = 1;
                        for await (const { text } of k8s.pod('count', { namespace }).logs({ follow: true })) {
                          if (text !== String(next)) throw new Error(`${text} instead of ${next}`);
                          if (next++ === 10) await k8s.configMaps.create({ metadata: { name: 'ready', namespace } });
                        }
                        return next - 1;
                      };
                      const watch = async () => {
                        for await (const { type, object } of k8s.configMaps.watch({ namespace })) {
                          if (object.metadata.name === 'meanwhile') return type;
                        }
                      };
                      return Promise.all([
                        logs(),
                        watch(),
                        k8s.configMap('meanwhile', { namespace }).waitFor('ready', { timeout: '60s' }).then(({ kind }) => kind),
                        k8s.pod('count', { namespace }).waitFor('ready', { timeout: '60s' }).then(({ kind }) => kind),
                      ]);
                      """
                          .formatted(lab.namespace(), LabCluster.get().image())));
      var _ = lab.value("await k8s.configMap('ready', { namespace }).waitFor();");
      way.goAway();
      var _ =
          lab.value(
              """
              await k8s.configMaps.create({ metadata: { name: 'meanwhile', namespace } });
              await new Promise((done) => setTimeout(done, 3000));
              """);
      way.comeBack(address);
      assertThat(said.join()).isEqualTo("[120,\"ADDED\",\"ConfigMap\",\"Pod\"]");
    } finally {
      lab.remove();
    }
  }
}
