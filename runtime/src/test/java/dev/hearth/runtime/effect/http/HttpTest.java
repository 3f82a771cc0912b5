package dev.hearth.runtime.effect.http;

import static dev.hearth.runtime.effect.http.Servers.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.InProcessNet;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetError;
import dev.hearth.runtime.effect.StreamServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP client against servers of our own on loopback. */
@Timeout(60)
class HttpTest {
  private final Servers servers = new Servers();
  private final NamedNet net = servers.net;
  private final Http http = Http.over(net, HttpOptions.usual());

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void stop() throws IOException {
    http.close();
    servers.close();
  }

  @Test
  void the_reason_phrase_the_headers_and_the_body_reach_the_caller() {
    var host =
        servers.serve(
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
    var host = servers.serve(request -> HttpResponse.of(200, "text/plain", "ok"));
    for (int i = 0; i < 5; i++) {
      assertThat(http.send(HttpRequest.get("http://" + host + "/")).body().text()).isEqualTo("ok");
    }
    assertThat(net.resolved).containsExactly("pve.lan");
    assertThat(net.contacts).containsExactly(host);
    assertThat(servers.connections).hasValue(1);
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
    HttpHandler target = request -> HttpResponse.of(200, "text/plain", request.target());
    try (var server =
            StreamServer.start(net.listen(socket), new HttpService(target), (peer, failure) -> {});
        var docker = Http.overUnix(net, socket, HttpOptions.usual())) {
      assertThat(docker.send(HttpRequest.get("http://docker/v1.47/info?a=b")).body().text())
          .isEqualTo("/v1.47/info?a=b");
      assertThat(server.address()).isEqualTo("unix:" + socket);
    }
    assertThat(net.contacts).containsExactly("unix");
  }

  @Test
  void a_body_is_sent_with_its_length_or_in_chunks_and_arrives_whole() {
    var host =
        servers.serve(
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
    var host =
        servers.serve(request -> HttpResponse.of(200).body(HttpBody.of(new TwoParts(more), -1)));
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
  void a_change_whose_answer_was_lost_is_not_sent_again() {
    var seen = new AtomicInteger();
    var host =
        servers.serve(
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
  void no_part_of_a_request_can_smuggle_in_another() {
    var targets = new CopyOnWriteArrayList<String>();
    var host =
        servers.serve(
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
        servers.serve(
            request ->
                HttpResponse.of(
                    200, "text/plain", request.headers().first("Authorization").orElse("none")));
    assertThat(http.send(HttpRequest.get("http://user:pw@" + host + "/")).body().text())
        .isEqualTo("Basic dXNlcjpwdw==");
  }
}
