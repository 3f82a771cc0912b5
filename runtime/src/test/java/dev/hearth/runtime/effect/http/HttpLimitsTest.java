package dev.hearth.runtime.effect.http;

import static dev.hearth.runtime.effect.http.Servers.assertFails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetError;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.Tls;
import dev.hearth.runtime.effect.Worker;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a slow, endless or broken server costs the HTTP client at most. */
@Timeout(60)
class HttpLimitsTest {
  private final Servers servers = new Servers();
  private final NamedNet net = servers.net;
  private final Http http = Http.over(net, HttpOptions.usual());

  @AfterEach
  void stop() throws IOException {
    http.close();
    servers.close();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void a_connection_that_does_not_come_is_given_up_and_its_attempt_is_ended() throws Exception {
    var ended = new CompletableFuture<Boolean>();
    var stuck =
        new NamedNet() {
          @Override
          public NetStream connect(
              NetAddress address, List<InetAddress> addresses, @Nullable Tls tls) {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              ended.complete(true);
            }
            throw new HearthException(NetError.INTERRUPTED, address);
          }
        };
    var limits = new Timeouts(Duration.ofMillis(100), Duration.ZERO, Duration.ZERO);
    try (var hasty = Http.over(stuck, HttpOptions.usual().timeouts(limits))) {
      var failure =
          assertFails(
              NetError.CONNECT_TIMEOUT, () -> hasty.send(HttpRequest.get("http://pve.example/")));
      assertThat(failure).hasMessage("`pve.example:80` did not answer within 100 ms.");
      assertThat(ended.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void a_server_that_never_answers_is_given_up_in_time() {
    var host = servers.serveBytes("");
    var hasty = http.timeouts(Timeouts.DEFAULT.read(Duration.ofMillis(200)));
    var failure =
        assertFails(
            HttpError.TIMEOUT, () -> hasty.send(HttpRequest.get("http://" + host + "/x?s=1")));
    assertThat(failure).hasMessage("GET http://" + host + "/x did not answer within 200 ms.");
  }

  @Test
  void a_server_that_drips_is_given_up_when_the_call_has_taken_too_long() {
    var host =
        servers.serveStreams(
            stream -> {
              stream.output().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(UTF_8));
              while (true) {
                stream.output().write('.');
                stream.readTimeout(Duration.ofMillis(20));
                waitALittle(stream.input());
              }
            });
    var hasty = http.timeouts(Timeouts.DEFAULT.call(Duration.ofMillis(300)));
    assertFails(
        HttpError.BODY_STALLED,
        () -> hasty.send(HttpRequest.get("http://" + host + "/")).body().bytes());
  }

  private static void waitALittle(InputStream input) throws IOException {
    try {
      input.readAllBytes(); // the request; then its end, or the time-out
      throw new IOException("the client is gone");
    } catch (java.net.SocketTimeoutException e) {
      return;
    }
  }

  @Test
  void an_interrupt_ends_a_request_and_a_body() throws Exception {
    var silent = servers.serveBytes("");
    var asking =
        Worker.virtual(() -> http.send(HttpRequest.get("http://" + silent + "/"))).untilItWaits();
    asking.interrupt();
    assertThat(asking.failure())
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.code()).isEqualTo(HttpError.INTERRUPTED));

    var half = servers.serveBytes("HTTP/1.1 200 OK\nContent-Length: 10\n\nabc");
    var answer = http.send(HttpRequest.get("http://" + half + "/"));
    var reading = Worker.virtual(() -> answer.body().text()).untilItWaits();
    reading.interrupt();
    assertThat(reading.failure())
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.code()).isEqualTo(HttpError.INTERRUPTED));
  }

  @Test
  void a_body_that_breaks_off_is_no_success() throws Exception {
    var host =
        servers.serveStreams(
            stream ->
                stream
                    .output()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc".getBytes(UTF_8)));
    var failure =
        assertFails(
            HttpError.BODY_BROKE_OFF,
            () -> http.send(HttpRequest.get("http://" + host + "/img")).body().bytes());
    assertThat(failure)
        .hasMessage("The body of the answer of GET http://" + host + "/img broke off.");
  }

  @Test
  void endless_heads_and_bodies_end_at_a_limit() {
    var endlessHead =
        servers.serveStreams(
            stream -> repeat(stream, "HTTP/1.1 200 OK\r\n", "X-A: " + "a".repeat(1000) + "\r\n"));
    assertFails(
        HttpError.CONNECTION_LOST, () -> http.send(HttpRequest.get("http://" + endlessHead + "/")));

    var endlessLine =
        servers.serveStreams(stream -> repeat(stream, "HTTP/1.1 200 OK\r\nX-A: ", "aaaaaaaa"));
    assertFails(
        HttpError.CONNECTION_LOST, () -> http.send(HttpRequest.get("http://" + endlessLine + "/")));

    var endlessBody =
        servers.serveStreams(stream -> repeat(stream, "HTTP/1.1 200 OK\r\n\r\n", "aaaaaaaa"));
    try (var answer = http.send(HttpRequest.get("http://" + endlessBody + "/"))) {
      assertFails(HttpError.BODY_TOO_LARGE, () -> answer.body().bytes(100_000));
    }

    var liar = servers.serveBytes("HTTP/1.1 200 OK\nContent-Length: 99999999999\n\n");
    try (var answer = http.send(HttpRequest.get("http://" + liar + "/"))) {
      assertFails(HttpError.BODY_TOO_LARGE, () -> answer.body().bytes());
    }
  }

  /** OkHttp's own body cannot: it fails inside of a lock of Okio's, in one or the other thread. */
  @Test
  void a_body_can_be_closed_while_it_is_read() throws Exception {
    var host =
        servers.serveStreams(
            stream ->
                repeat(
                    stream,
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                    "400\r\n" + "a".repeat(1024) + "\r\n"));
    for (int i = 0; i < 100; i++) {
      var answer = http.send(HttpRequest.get("http://" + host + "/"));
      var body = answer.body().stream();
      var begun = new CountDownLatch(1);
      var why = new CompletableFuture<Throwable>();
      var reader =
          Thread.startVirtualThread(
              () -> {
                var buffer = new byte[8192];
                try {
                  while (body.read(buffer) >= 0) {
                    begun.countDown();
                  }
                  why.complete(new AssertionError("an endless body came to its end"));
                } catch (Throwable e) {
                  why.complete(e);
                }
              });
      begun.await();
      answer.close();
      reader.join();
      assertThat(why.get()).isInstanceOf(IOException.class);
    }
  }

  private static void repeat(dev.hearth.runtime.effect.NetStream stream, String once, String again)
      throws IOException {
    stream.output().write(once.getBytes(UTF_8));
    while (true) {
      stream.output().write(again.getBytes(UTF_8));
    }
  }

  @Test
  void more_exchanges_with_a_host_than_allowed_wait_their_turn() throws Exception {
    var go = new CountDownLatch(1);
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    var host =
        servers.serve(
            request -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              await(go);
              now.decrementAndGet();
              return HttpResponse.of(200, "text/plain", "ok");
            });
    try (var narrow = Http.over(net, HttpOptions.usual().perHost(2))) {
      var asking = new ArrayList<Worker<String>>();
      for (int i = 0; i < 6; i++) {
        asking.add(
            Worker.virtual(() -> narrow.send(HttpRequest.get("http://" + host + "/")).body().text())
                .untilItWaits());
      }
      go.countDown();
      for (var worker : asking) {
        assertThat(worker.result()).isEqualTo("ok");
      }
    }
    assertThat(most).hasValueBetween(1, 2);
  }

  @Test
  void answers_without_a_body_need_no_closing() {
    var host =
        servers.serve(request -> HttpResponse.of(request.method().equals("HEAD") ? 200 : 204));
    try (var narrow = Http.over(net, HttpOptions.usual().perHost(1))) {
      for (int i = 0; i < 5; i++) {
        assertThat(narrow.send(HttpRequest.of("DELETE", "http://" + host + "/")).status())
            .isEqualTo(204);
        assertThat(narrow.send(HttpRequest.of("HEAD", "http://" + host + "/")).status())
            .isEqualTo(200);
      }
    }
  }
}
