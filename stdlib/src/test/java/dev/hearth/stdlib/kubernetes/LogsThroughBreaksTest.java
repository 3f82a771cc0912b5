package dev.hearth.stdlib.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.stdlib.WaitsFor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that are followed while connections to the API server break. */
@WaitsFor("kubernetes")
class LogsThroughBreaksTest {
  private static final int BREAKS = 6;
  private static final int BYTES = 30_000;

  private final SystemNet net = new SystemNet();
  private final AtomicInteger broken = new AtomicInteger();

  /** A way to the server that breaks off after so many bytes, the first times. */
  private void pass(NetStream client, NetAddress server) throws IOException {
    var there = net.connect(server, null);
    var back = Thread.ofVirtual().start(() -> pour(client, there, Long.MAX_VALUE));
    try {
      boolean breaks = broken.get() < BREAKS;
      if (pour(there, client, breaks ? BYTES : Long.MAX_VALUE) && breaks) {
        broken.incrementAndGet();
      }
    } finally {
      client.close();
      there.close();
    }
    try {
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the limit was reached; then nothing more is waited for. */
  private static boolean pour(NetStream from, NetStream to, long limit) {
    var chunk = new byte[4096];
    long left = limit;
    try {
      while (left > 0) {
        int n = from.input().read(chunk);
        if (n < 0) {
          return false;
        }
        to.output().write(chunk, 0, (int) Math.min(n, left));
        to.output().flush();
        left -= n;
      }
    } catch (IOException e) {
      return false; // one of them has left
    }
    return true;
  }

  @Test
  void every_line_comes_once_and_in_its_order(@TempDir Path folder) throws IOException {
    var lab = new PodLab(folder.resolve("direct"));
    var config = Files.readString(LabCluster.get().kubeconfig(), UTF_8);
    var at = config.replaceFirst("(?s).*server: \"?https://([^\"/,\\s]+).*", "$1");
    try (var way =
        StreamServer.start(
            net.listen("127.0.0.1", 0, null),
            stream -> pass(stream, NetAddress.parse(at)),
            (peer, e) -> {})) {
      var user = new ClusterHome(folder.resolve("broken"));
      var said =
          user.kubeconfig(user.file("config", config.replace(at, way.address())))
              .value(
                  """
                  const namespace = '%s';
                  await k8s.pods.create({ metadata: { name: 'count', namespace },
                    spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: '%s',
                      command: ['sh', '-c', 'i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo $i; [ $((i %% 100)) -ne 0 ] || sleep 0.1; done'] }] } });
                  let next = 1;
                  for await (const { text } of k8s.pod('count', { namespace }).logs({ follow: true })) {
                    if (text !== String(next)) return [next, text];
                    next++;
                  }
                  return next;
                  """
                      .formatted(lab.namespace(), LabCluster.get().image()));

      assertThat(said).isEqualTo("3001");
      assertThat(broken.get()).isGreaterThanOrEqualTo(BREAKS); // several may be under way at once
    } finally {
      lab.remove();
    }
  }
}
