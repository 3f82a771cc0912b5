package dev.hearth.runtime.effect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The network that simulators live in. */
@Timeout(60)
class InProcessNetTest {
  private static final NetAddress PVE = new NetAddress("pve.example", 8006);

  private final InProcessNet net = new InProcessNet();

  @Test
  void a_served_address_answers_and_half_a_close_still_lets_it() throws Exception {
    net.serve(PVE, stream -> stream.output().write(stream.input().readAllBytes()));
    try (var stream = net.connect(PVE, null)) {
      stream.output().write("hello".getBytes(UTF_8));
      stream.closeOutput();
      assertThat(new String(stream.input().readAllBytes(), UTF_8)).isEqualTo("hello");
    }
    assertThat(net.isInProcess(PVE)).isTrue();
  }

  @Test
  void what_is_not_served_is_refused_by_name() {
    assertRefused(
        "`example.org:443` is not simulated.",
        () -> net.connect(new NetAddress("example.org", 443), null));
    assertRefused("`example.org` is not simulated.", () -> net.resolve("example.org"));
    assertRefused(
        "`unix:/run/docker.sock` is not simulated.",
        () -> net.connect(Path.of("/run/docker.sock")));
    assertRefused(
        "`listening on 127.0.0.1:80` is not simulated.", () -> net.listen("127.0.0.1", 80, null));
  }

  private static void assertRefused(
      String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.code()).isEqualTo(NetError.NOT_SIMULATED))
        .hasMessage(message);
  }

  @Test
  void a_writer_that_is_ahead_waits_and_nothing_is_lost() throws Exception {
    var go = new CountDownLatch(1);
    var total = 1_000_000;
    net.serve(
        PVE,
        stream -> {
          awaitQuietly(go);
          long sum = 0;
          for (var b : stream.input().readAllBytes()) {
            sum += b;
          }
          stream.output().write(Long.toString(sum).getBytes(UTF_8));
        });
    try (var stream = net.connect(PVE, null)) {
      var writing =
          Worker.virtual(
              () -> {
                for (int i = 0; i < total / 1000; i++) {
                  var chunk = new byte[1000];
                  java.util.Arrays.fill(chunk, (byte) (i % 100));
                  stream.output().write(chunk);
                }
                stream.closeOutput();
                return true;
              });
      writing.untilItWaits();
      go.countDown();
      assertThat(writing.result()).isTrue();
      assertThat(new String(stream.input().readAllBytes(), UTF_8))
          .isEqualTo(Long.toString(1000L * 10 * (99 * 100 / 2)));
    }
  }

  private static void awaitQuietly(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void what_the_server_wrote_before_it_closed_is_still_read() throws Exception {
    var closed = new CountDownLatch(1);
    net.serve(
        PVE,
        stream -> {
          stream.output().write(new byte[50_000]);
          stream.close();
          closed.countDown();
        });
    try (var stream = net.connect(PVE, null)) {
      closed.await();
      assertThat(stream.input().readAllBytes()).hasSize(50_000);
      assertThatThrownBy(() -> stream.output().write(1)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_failure_of_the_service_reaches_its_client() throws Exception {
    net.serve(
        PVE,
        stream -> {
          throw new IOException("the simulator is confused");
        });
    try (var stream = net.connect(PVE, null)) {
      assertThatThrownBy(() -> stream.input().read())
          .isInstanceOf(IOException.class)
          .hasRootCauseMessage("the simulator is confused");
    }
  }

  @Test
  void closing_an_interrupt_and_a_time_limit_end_a_blocked_read() throws Exception {
    net.serve(PVE, stream -> stream.input().read());
    var first = net.connect(PVE, null);
    try (var second = net.connect(PVE, null);
        var third = net.connect(PVE, null)) {
      var closing = Worker.virtual(() -> first.input().read()).untilItWaits();
      first.close();
      assertThat(closing.failure()).isInstanceOf(IOException.class);

      var interrupted = Worker.virtual(() -> second.input().read()).untilItWaits();
      interrupted.interrupt();
      assertThat(interrupted.failure()).isInstanceOf(IOException.class);

      third.readTimeout(Duration.ofMillis(30));
      assertThatThrownBy(() -> third.input().read()).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void a_simulated_name_always_has_the_same_made_up_address() {
    net.serve(PVE, stream -> {});
    var address = net.resolve("pve.example").getFirst();
    assertThat(address.getHostAddress()).matches("198\\.1[89]\\..*");
    assertThat(address.getAddress()).isEqualTo(sameNameElsewhere());
    assertThat(net.resolve("192.0.2.7").getFirst().getHostAddress()).isEqualTo("192.0.2.7");
  }

  private static byte[] sameNameElsewhere() {
    var other = new InProcessNet();
    other.serve(new NetAddress("PVE.example", 22), stream -> {});
    return other.resolve("pve.EXAMPLE").getFirst().getAddress();
  }
}
