package dev.hearth.runtime.effect.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.InProcessNet;
import dev.hearth.runtime.effect.NetAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The HTTP server, byte by byte, as a client sees it. */
@Timeout(60)
class HttpServiceTest {
  private static final NetAddress HERE = new NetAddress("server.example", 80);

  private final InProcessNet net = new InProcessNet();

  /** What the server sends for these bytes until it ends the stream. */
  private String exchange(HttpHandler handler, String... requests) throws IOException {
    return exchange(new HttpService(handler), requests);
  }

  private String exchange(HttpService service, String... requests) throws IOException {
    net.serve(HERE, service);
    try (var stream = net.connect(HERE, null)) {
      for (var request : requests) {
        stream.output().write(request.replace("\n", "\r\n").getBytes(UTF_8));
      }
      stream.closeOutput();
      return new String(stream.input().readAllBytes(), UTF_8).replace("\r\n", "\n");
    }
  }

  @Test
  void the_reason_phrase_and_the_headers_are_sent_as_the_handler_said() throws Exception {
    var answer =
        exchange(
            request ->
                HttpResponse.of(400).reason("Parameter verification failed.").header("X-A", "1"),
            "GET /api2/json?x=%20 HTTP/1.1\nHost: a\n\n");
    assertThat(answer)
        .isEqualTo(
            """
            HTTP/1.1 400 Parameter verification failed.
            X-A: 1
            Content-Length: 0

            """);
  }

  @Test
  void a_connection_carries_many_requests_also_when_bodies_are_left_unread() throws Exception {
    var answer =
        exchange(
            request ->
                HttpResponse.of(200, "text/plain", request.method() + " " + request.target()),
            "POST /one HTTP/1.1\nHost: a\nContent-Length: 5\n\nhello",
            "POST /two HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n3\nabc\n0\n\n",
            "GET /three HTTP/1.1\nHost: a\nConnection: close\n\n",
            "GET /four HTTP/1.1\nHost: a\n\n");
    assertThat(answer)
        .contains("POST /one", "POST /two", "GET /three", "Connection: close")
        .doesNotContain("/four");
  }

  @Test
  void a_body_arrives_whole_and_its_length_is_known_when_it_was_said() throws Exception {
    HttpHandler handler =
        request ->
            HttpResponse.of(
                200, "text/plain", request.body().length() + ":" + request.body().text() + ";");
    var answer =
        exchange(
            handler,
            "POST / HTTP/1.1\nHost: a\nContent-Length: 5\n\nhello",
            "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n3\nabc\n2\nde\n0\n\n");
    assertThat(answer).contains("5:hello;", "-1:abcde;");
  }

  @Test
  void a_stream_of_unknown_length_is_sent_in_chunks_and_to_old_clients_until_the_end()
      throws Exception {
    HttpHandler handler =
        request ->
            HttpResponse.of(200)
                .body(HttpBody.of(new ByteArrayInputStream("abc".getBytes(UTF_8)), -1));
    assertThat(exchange(handler, "GET / HTTP/1.1\nHost: a\n\n"))
        .endsWith("Transfer-Encoding: chunked\n\n3\nabc\n0\n\n");
    assertThat(exchange(handler, "GET / HTTP/1.0\n\n")).endsWith("Connection: close\n\nabc");
  }

  @Test
  void a_body_that_breaks_while_it_is_sent_is_not_ended_as_if_it_were_whole() {
    HttpHandler handler = request -> HttpResponse.of(200).body(HttpBody.of(new Broken(), -1));
    net.serve(HERE, new HttpService(handler));
    try (var stream = net.connect(HERE, null)) {
      stream.output().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
      var seen = new String(readWhatComes(stream.input()), UTF_8);
      assertThat(seen).doesNotContain("\r\n0\r\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] readWhatComes(InputStream input) {
    var seen = new java.io.ByteArrayOutputStream();
    try {
      int next = input.read();
      while (next >= 0) {
        seen.write(next);
        next = input.read();
      }
    } catch (IOException e) {
      assertThat(e).hasRootCauseMessage("the disk is gone");
    }
    return seen.toByteArray();
  }

  /** A source that fails after its first bytes. */
  private static final class Broken extends InputStream {
    private boolean begun;

    @Override
    public int read() throws IOException {
      return read(new byte[1], 0, 1);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (begun) {
        throw new IOException("the disk is gone");
      }
      begun = true;
      target[offset] = 'x';
      return 1;
    }
  }

  @Test
  void head_and_304_have_no_body() throws Exception {
    assertThat(
            exchange(
                request -> HttpResponse.of(200, "text/plain", "hello"),
                "HEAD / HTTP/1.1\nHost: a\nConnection: close\n\n"))
        .endsWith("\n\n")
        .doesNotContain("hello");
    assertThat(
            exchange(
                request -> HttpResponse.of(304), "GET / HTTP/1.1\nHost: a\nConnection: close\n\n"))
        .startsWith("HTTP/1.1 304 Not Modified\n")
        .doesNotContain("Content-Length");
  }

  @Test
  void continue_is_said_when_the_body_is_wanted_and_only_then() throws Exception {
    var wanted =
        exchange(
            request -> HttpResponse.of(200, "text/plain", request.body().text()),
            "PUT / HTTP/1.1\nHost: a\nExpect: 100-continue\nContent-Length: 2\n\n",
            "ok");
    assertThat(wanted).startsWith("HTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK\n").endsWith("ok");

    var unwanted =
        exchange(
            request -> HttpResponse.of(401),
            "PUT / HTTP/1.1\nHost: a\nExpect: 100-continue\nContent-Length: 2\n\n");
    assertThat(unwanted).startsWith("HTTP/1.1 401 Unauthorized\n").contains("Connection: close");
  }

  @Test
  void a_body_beyond_the_limit_gets_413_whether_it_says_its_length_or_not() throws Exception {
    var service =
        new HttpService(
            request -> HttpResponse.of(200, "text/plain", request.body().text()),
            new HttpService.Limits(10, Duration.ofSeconds(5)));
    assertThat(exchange(service, "POST / HTTP/1.1\nHost: a\nContent-Length: 11\n\n0123456789a"))
        .startsWith("HTTP/1.1 413 ");
    assertThat(
            exchange(
                service,
                "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\nb\n0123456789a\n0\n\n"))
        .startsWith("HTTP/1.1 413 ");
    assertThat(exchange(service, "POST / HTTP/1.1\nHost: a\nContent-Length: 10\n\n0123456789"))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void an_endless_head_gets_431() throws Exception {
    var line = "X-Long: " + "a".repeat(40_000) + "\n";
    assertThat(exchange(request -> HttpResponse.of(200), "GET / HTTP/1.1\n", line, "\n"))
        .startsWith("HTTP/1.1 431 ");
    assertThat(
            exchange(
                request -> HttpResponse.of(200), "GET / HTTP/1.1\n", "A: b\n".repeat(500), "\n"))
        .startsWith("HTTP/1.1 431 ");
  }

  @Test
  void a_request_that_two_servers_could_read_differently_gets_400() throws Exception {
    HttpHandler never =
        request -> {
          throw new AssertionError("must not be handled");
        };
    for (var head :
        List.of(
            "POST / HTTP/1.1\nHost: a\nContent-Length: 4\nTransfer-Encoding: chunked\n\n0\n\n",
            "POST / HTTP/1.1\nHost: a\nContent-Length: 4\nContent-Length: 5\n\nabcd",
            "GET / HTTP/1.1\n\n",
            "GET / HTTP/1.1\nHost: a\nHost: b\n\n",
            "nonsense\n\n")) {
      assertThat(exchange(never, head)).as(head).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void no_value_of_a_handler_can_split_the_answer() {
    assertThatThrownBy(() -> HttpResponse.of(200).header("X", "a\r\nSet-Cookie: evil=1"))
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.code()).isEqualTo(HttpError.HEADER_MALFORMED));
    assertThatThrownBy(() -> HttpResponse.of(200).header("X: y\r\nZ", "a"))
        .isInstanceOf(HearthException.class);
    assertThatThrownBy(() -> HttpResponse.of(200).reason("OK\r\nSet-Cookie: evil=1"))
        .isInstanceOf(HearthException.class);
  }

  @Test
  void a_bug_of_the_handler_gets_500_and_is_not_hidden() throws Exception {
    var shown = new CompletableFuture<Throwable>();
    var service =
        new HttpService(
            request -> {
              throw new IllegalStateException("a bug");
            });
    net.serve(
        HERE,
        stream -> {
          try {
            service.serve(stream);
          } catch (IllegalStateException e) {
            shown.complete(e);
          }
        });
    try (var stream = net.connect(HERE, null)) {
      stream.output().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
      stream.closeOutput();
      assertThat(new String(stream.input().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 500 ")
          .doesNotContain("a bug");
    }
    assertThat(shown.get(20, TimeUnit.SECONDS)).hasMessage("a bug");
  }

  @Test
  void after_101_the_stream_speaks_what_the_handler_said() throws Exception {
    var answer =
        exchange(
            request ->
                HttpResponse.upgrade(
                    "tcp", stream -> stream.output().write(stream.input().readAllBytes())),
            "POST /attach HTTP/1.1\nHost: a\nConnection: Upgrade\nUpgrade: tcp\n\n");
    assertThat(answer)
        .isEqualTo(
            """
            HTTP/1.1 101 Switching Protocols
            Upgrade: tcp
            Connection: Upgrade

            """);
  }

  @Test
  void an_idle_client_is_let_go() throws Exception {
    net.serve(
        HERE,
        new HttpService(
            request -> HttpResponse.of(200), new HttpService.Limits(10, Duration.ofMillis(50))));
    try (var stream = net.connect(HERE, null)) {
      assertThat(stream.input().read()).isEqualTo(-1);
    }
  }
}
