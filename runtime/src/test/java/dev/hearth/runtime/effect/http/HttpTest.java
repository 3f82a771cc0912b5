package dev.hearth.runtime.effect.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.InProcessNet;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetError;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.StreamService;
import dev.hearth.runtime.effect.Worker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP client against servers of our own on loopback. */
@Timeout(60)
class HttpTest {
  private final NamedNet net = new NamedNet();
  private final Http http = Http.over(net, HttpOptions.usual());
  private final List<StreamServer> servers = new ArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void stop() throws IOException {
    http.close();
    for (var server : servers) {
      server.close();
    }
  }

  /** Serves and returns {@code pve.lan:PORT}. */
  private String serve(HttpHandler handler) {
    return serveStreams(new HttpService(handler));
  }

  private String serveStreams(StreamService service) {
    var counted =
        (StreamService)
            stream -> {
              connections.incrementAndGet();
              service.serve(stream);
            };
    var server =
        StreamServer.start(net.listen("127.0.0.1", 0, null), counted, (peer, failure) -> {});
    servers.add(server);
    return "pve.lan:" + NetAddress.parse(server.address()).port();
  }

  /** Answers every stream with these bytes, whatever it asks, and goes on holding it. */
  private String serveBytes(String answer) {
    return serveStreams(
        stream -> {
          stream.output().write(answer.replace("\n", "\r\n").getBytes(UTF_8));
          stream.input().readAllBytes();
        });
  }

  private static HearthException assertFails(ErrorCode code, ThrowingCallable call) {
    var failure = new ArrayList<HearthException>();
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> {
              assertThat(e.code()).as(e.toString()).isEqualTo(code);
              failure.add(e);
            });
    return failure.getFirst();
  }

  @Test
  void the_reason_phrase_the_headers_and_the_body_reach_the_caller() {
    var host =
        serve(
            request ->
                HttpResponse.of(500, "application/json", "{\"data\":null}")
                    .reason("VM 100 already running")
                    .header("X-A", "1"));
    try (var answer = http.send(HttpRequest.get("http://" + host + "/x"))) {
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.reason()).isEqualTo("VM 100 already running");
      assertThat(answer.headers().first("x-a")).hasValue("1");
      assertThat(answer.body().text()).isEqualTo("{\"data\":null}");
    }
  }

  @Test
  void the_name_is_resolved_once_by_the_net_and_connections_are_shared() {
    var host = serve(request -> HttpResponse.of(200, "text/plain", "ok"));
    for (int i = 0; i < 5; i++) {
      assertThat(http.send(HttpRequest.get("http://" + host + "/")).body().text()).isEqualTo("ok");
    }
    assertThat(net.resolved).containsExactly("pve.lan");
    assertThat(net.contacts).containsExactly(host);
    assertThat(connections).hasValue(1);
  }

  @Test
  void an_https_address_inside_the_process_needs_no_tls_and_keeps_its_host() {
    var inside = new InProcessNet();
    HttpHandler host =
        request -> HttpResponse.of(200, "text/plain", request.headers().first("Host").orElse(""));
    inside.serve(new NetAddress("pve.example", 8006), new HttpService(host));
    inside.serve(new NetAddress("mirror.example", 443), new HttpService(host));
    try (var client = Http.over(inside, HttpOptions.usual())) {
      assertThat(client.send(HttpRequest.get("https://pve.example:8006/x")).body().text())
          .isEqualTo("pve.example:8006");
      assertThat(client.send(HttpRequest.get("https://mirror.example/x")).body().text())
          .isEqualTo("mirror.example");
      var failure =
          assertFails(
              NetError.NOT_SIMULATED, () -> client.send(HttpRequest.get("https://example.org/")));
      assertThat(failure).hasMessage("`example.org:443` is not simulated.");
    }
  }

  @Test
  void a_unix_socket_can_carry_it_too() throws Exception {
    var socket = folder.resolve("s");
    var server =
        StreamServer.start(
            net.listen(socket),
            new HttpService(request -> HttpResponse.of(200, "text/plain", request.target())),
            (peer, failure) -> {});
    servers.add(server);
    try (var docker = Http.overUnix(net, socket, HttpOptions.usual())) {
      assertThat(docker.send(HttpRequest.get("http://docker/v1.47/info?a=b")).body().text())
          .isEqualTo("/v1.47/info?a=b");
    }
    assertThat(net.contacts).containsExactly("unix");
  }

  @Test
  void a_body_is_sent_with_its_length_or_in_chunks_and_arrives_whole() {
    var host =
        serve(
            request ->
                HttpResponse.of(
                    200,
                    "text/plain",
                    request.body().length() + ":" + request.body().bytes().length));
    var url = "http://" + host + "/";
    var content = new byte[300_000];
    assertThat(send(url, HttpBody.of(content))).isEqualTo("300000:300000");
    assertThat(send(url, HttpBody.of(new ByteArrayInputStream(content), content.length)))
        .isEqualTo("300000:300000");
    assertThat(send(url, HttpBody.of(new ByteArrayInputStream(content), -1)))
        .isEqualTo("-1:300000");
    assertThat(send(url, HttpBody.empty())).isEqualTo("0:0");
    assertFails(
        HttpError.BODY_NOT_POSSIBLE, () -> http.send(HttpRequest.get(url).body(HttpBody.of("x"))));
  }

  private String send(String url, HttpBody body) {
    try (var answer = http.send(HttpRequest.post(url, "application/octet-stream", body))) {
      return answer.body().text();
    }
  }

  @Test
  void a_body_is_read_while_it_arrives() throws Exception {
    var more = new CountDownLatch(1);
    var host = serve(request -> HttpResponse.of(200).body(HttpBody.of(new TwoParts(more), -1)));
    try (var answer = http.send(HttpRequest.get("http://" + host + "/"))) {
      assertThat(answer.body().stream().read()).isEqualTo('a');
      more.countDown();
      assertThat(answer.body().stream().read()).isEqualTo('b');
      assertThat(answer.body().stream().read()).isEqualTo(-1);
    }
  }

  /** Gives one byte at once and one when told. */
  private static final class TwoParts extends InputStream {
    private final CountDownLatch more;
    private int given;

    private TwoParts(CountDownLatch more) {
      this.more = more;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      given++;
      if (given > 2) {
        return -1;
      }
      if (given == 2) {
        await(more);
      }
      target[offset] = (byte) (given == 1 ? 'a' : 'b');
      return 1;
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void a_server_that_never_answers_is_given_up_in_time() {
    var host = serveBytes("");
    var hasty = http.timeouts(Timeouts.DEFAULT.read(Duration.ofMillis(200)));
    var failure =
        assertFails(
            HttpError.TIMEOUT, () -> hasty.send(HttpRequest.get("http://" + host + "/x?s=1")));
    assertThat(failure).hasMessage("GET http://" + host + "/x did not answer within 200 ms.");
  }

  @Test
  void a_server_that_drips_is_given_up_when_the_call_has_taken_too_long() {
    var host =
        serveStreams(
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
    var silent = serveBytes("");
    var asking =
        Worker.virtual(() -> http.send(HttpRequest.get("http://" + silent + "/"))).untilItWaits();
    asking.interrupt();
    assertThat(asking.failure())
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.code()).isEqualTo(HttpError.INTERRUPTED));

    var half = serveBytes("HTTP/1.1 200 OK\nContent-Length: 10\n\nabc");
    var answer = http.send(HttpRequest.get("http://" + half + "/"));
    var reading = Worker.virtual(() -> answer.body().text()).untilItWaits();
    reading.interrupt();
    assertThat(reading.failure())
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.code()).isEqualTo(HttpError.INTERRUPTED));
  }

  @Test
  void a_change_whose_answer_was_lost_is_not_sent_again() {
    var seen = new AtomicInteger();
    var host =
        serve(
            request -> {
              seen.incrementAndGet();
              throw new IOException("the server falls over");
            });
    var failure =
        assertFails(
            HttpError.CONNECTION_LOST,
            () ->
                http.send(
                    HttpRequest.post("http://" + host + "/clone", "text/plain", HttpBody.of("x"))));
    assertThat(failure.hint()).startsWith("Check whether the request took effect");
    assertThat(seen).hasValue(1);
  }

  @Test
  void a_body_that_breaks_off_is_no_success() throws Exception {
    var host =
        serveStreams(
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
        serveStreams(
            stream -> repeat(stream, "HTTP/1.1 200 OK\r\n", "X-A: " + "a".repeat(1000) + "\r\n"));
    assertFails(
        HttpError.CONNECTION_LOST, () -> http.send(HttpRequest.get("http://" + endlessHead + "/")));

    var endlessLine =
        serveStreams(stream -> repeat(stream, "HTTP/1.1 200 OK\r\nX-A: ", "aaaaaaaa"));
    assertFails(
        HttpError.CONNECTION_LOST, () -> http.send(HttpRequest.get("http://" + endlessLine + "/")));

    var endlessBody = serveStreams(stream -> repeat(stream, "HTTP/1.1 200 OK\r\n\r\n", "aaaaaaaa"));
    try (var answer = http.send(HttpRequest.get("http://" + endlessBody + "/"))) {
      assertFails(HttpError.BODY_TOO_LARGE, () -> answer.body().bytes(100_000));
    }

    var liar = serveBytes("HTTP/1.1 200 OK\nContent-Length: 99999999999\n\n");
    try (var answer = http.send(HttpRequest.get("http://" + liar + "/"))) {
      assertFails(HttpError.BODY_TOO_LARGE, () -> answer.body().bytes());
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
        serve(
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
    var host = serve(request -> HttpResponse.of(request.method().equals("HEAD") ? 200 : 204));
    try (var narrow = Http.over(net, HttpOptions.usual().perHost(1))) {
      for (int i = 0; i < 5; i++) {
        assertThat(narrow.send(HttpRequest.of("DELETE", "http://" + host + "/")).status())
            .isEqualTo(204);
        assertThat(narrow.send(HttpRequest.of("HEAD", "http://" + host + "/")).status())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void no_part_of_a_request_can_smuggle_in_another() {
    var targets = new CopyOnWriteArrayList<String>();
    var host =
        serve(
            request -> {
              targets.add(request.target());
              return HttpResponse.of(200);
            });
    var url = "http://" + host + "/";
    assertFails(
        HttpError.HEADER_MALFORMED,
        () -> http.send(HttpRequest.get(url).header("X", "a\r\n\r\nGET /evil HTTP/1.1")));
    assertFails(
        HttpError.METHOD_MALFORMED,
        () -> http.send(HttpRequest.of("GET /evil HTTP/1.1\r\nX:", url)));
    assertThat(http.send(HttpRequest.get(url + "a HTTP/1.1\r\nX: y")).status()).isEqualTo(200);
    assertThat(targets).hasSize(1).first().asString().startsWith("/a%20HTTP/1.1");
  }

  @Test
  void what_is_no_web_address_is_refused_without_showing_its_secrets() {
    for (var target : List.of("", "/path", "ftp://x/", "http://", "file:///etc/passwd")) {
      assertFails(HttpError.URL_MALFORMED, () -> http.send(HttpRequest.get(target)));
    }
    assertThat(HttpRequest.get("https://root:secret@pve.lan/x?token=secret").toString())
        .isEqualTo("GET https://pve.lan/x");
  }

  @Test
  void a_user_in_the_address_is_sent_as_basic_credentials() {
    var host =
        serve(
            request ->
                HttpResponse.of(
                    200, "text/plain", request.headers().first("Authorization").orElse("none")));
    assertThat(http.send(HttpRequest.get("http://user:pw@" + host + "/")).body().text())
        .isEqualTo("Basic dXNlcjpwdw==");
  }

  @Test
  void an_upgraded_connection_is_a_plain_stream() throws Exception {
    var host =
        serve(
            request ->
                HttpResponse.upgrade(
                    "tcp",
                    stream -> {
                      stream
                          .output()
                          .write(("ready " + request.body().length() + "\n").getBytes(UTF_8));
                      stream.output().write(stream.input().readAllBytes());
                    }));
    var request =
        HttpRequest.post("http://" + host + "/exec", "application/json", HttpBody.of("{}"));
    var upgraded = http.upgrade(request, "tcp");
    assertThat(upgraded.response().status()).isEqualTo(101);
    assertThat(upgraded.response().headers().first("Upgrade")).hasValue("tcp");
    try (var stream = upgraded.stream()) {
      stream.output().write("hello".getBytes(UTF_8));
      stream.closeOutput();
      assertThat(new String(stream.input().readAllBytes(), UTF_8)).isEqualTo("ready 2\nhello");
      assertThat(stream.peer()).isEqualTo(host);
    }
  }

  @Test
  void a_stream_after_an_upgrade_ends_by_interrupt_and_by_closing() throws Exception {
    var host =
        serve(request -> HttpResponse.upgrade("tcp", stream -> stream.input().readAllBytes()));
    var request = HttpRequest.get("http://" + host + "/");
    var first = http.upgrade(request, "tcp").stream();
    var reading = Worker.virtual(() -> first.input().read()).untilItWaits();
    reading.interrupt();
    assertThat(reading.failure()).isInstanceOf(IOException.class);

    var second = http.upgrade(request, "tcp").stream();
    var closed = Worker.virtual(() -> second.input().read()).untilItWaits();
    second.close();
    assertThat(closed.failure()).isInstanceOf(IOException.class);
  }

  @Test
  void a_refused_upgrade_carries_what_the_server_said() {
    var host =
        serve(request -> HttpResponse.of(409, "application/json", "{\"message\":\"not running\"}"));
    var failure =
        assertFails(
            HttpError.NOT_UPGRADED,
            () -> http.upgrade(HttpRequest.get("http://" + host + "/attach"), "tcp"));
    assertThat(failure.details())
        .containsEntry("status", 409)
        .containsEntry("body", "{\"message\":\"not running\"}");
  }
}
