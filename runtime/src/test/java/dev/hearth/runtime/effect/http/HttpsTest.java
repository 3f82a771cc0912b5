package dev.hearth.runtime.effect.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetError;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.Worker;
import dev.hearth.runtime.effect.tls.ClientTls;
import dev.hearth.runtime.effect.tls.SelfSigned;
import dev.hearth.runtime.effect.tls.TlsError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTP over TLS: against a server of our own, and against HTTP/2 of Node. */
@Timeout(60)
class HttpsTest {
  private final NamedNet net = new NamedNet();
  private final SelfSigned certificate =
      SelfSigned.create(List.of("pve.lan"), Duration.ofDays(1), Clock.system());
  private final List<AutoCloseable> open = new ArrayList<>();

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void stop() throws Exception {
    for (var each : open) {
      each.close();
    }
  }

  private String serve(HttpHandler handler) {
    var listener = net.listen("127.0.0.1", 0, certificate.tls(List.of("http/1.1")));
    var server = StreamServer.start(listener, new HttpService(handler), (peer, failure) -> {});
    open.add(server);
    return "https://pve.lan:" + NetAddress.parse(server.address()).port();
  }

  private Http client(ClientTls tls) {
    var http = Http.over(net, HttpOptions.usual().tls(tls));
    open.add(http);
    return http;
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.code()).as(e.toString()).isEqualTo(code));
  }

  @Test
  void a_pinned_server_answers_with_its_reason_phrase() {
    var url = serve(request -> HttpResponse.of(596).reason("broken pipe"));
    var answer = client(ClientTls.pinned(certificate.fingerprint())).send(HttpRequest.get(url));
    assertThat(answer.status()).isEqualTo(596);
    assertThat(answer.reason()).isEqualTo("broken pipe");
  }

  @Test
  void what_is_not_believed_is_refused_before_anything_is_asked() {
    var url =
        serve(
            request -> {
              throw new AssertionError("must not be asked");
            });
    var other = SelfSigned.create(List.of("pve.lan"), Duration.ofDays(1), Clock.system());
    assertFails(
        TlsError.FINGERPRINT_MISMATCH,
        () -> client(ClientTls.pinned(other.fingerprint())).send(HttpRequest.get(url)));
    assertFails(
        TlsError.UNTRUSTED,
        () -> client(ClientTls.authorities(other.certificatePem())).send(HttpRequest.get(url)));
    var authority = client(ClientTls.authorities(certificate.certificatePem()));
    assertFails(
        TlsError.WRONG_HOST,
        () -> authority.send(HttpRequest.get(url.replace("pve.lan", "evil.example"))));
  }

  @Test
  void an_authority_of_the_users_own_is_believed() {
    var url = serve(request -> HttpResponse.of(200, "text/plain", "hello"));
    var http = client(ClientTls.authorities(certificate.certificatePem()));
    assertThat(http.send(HttpRequest.get(url)).body().text()).isEqualTo("hello");
  }

  @Test
  void ssl_cert_file_of_the_users_environment_is_believed() throws Exception {
    var file = Files.writeString(folder.resolve("ca.pem"), certificate.certificatePem());
    net.settings.put("SSL_CERT_FILE", file.toString());
    var url = serve(request -> HttpResponse.of(200, "text/plain", "hello"));
    try (var http = Http.over(net, HttpOptions.usual())) {
      assertThat(http.send(HttpRequest.get(url)).body().text()).isEqualTo("hello");
    }
  }

  @Test
  void a_port_without_tls_is_told_apart() {
    var listener = net.listen("127.0.0.1", 0, null);
    open.add(
        StreamServer.start(
            listener, new HttpService(request -> HttpResponse.of(200)), (peer, failure) -> {}));
    var url = "https://pve.lan:" + NetAddress.parse(listener.address()).port();
    assertFails(
        NetError.TLS_FAILED,
        () -> client(ClientTls.pinned(certificate.fingerprint())).send(HttpRequest.get(url)));
  }

  @Test
  void a_protocol_change_works_over_tls() throws Exception {
    var url =
        serve(
            request ->
                HttpResponse.upgrade(
                    "tcp", stream -> stream.output().write(stream.input().readAllBytes())));
    var http = client(ClientTls.pinned(certificate.fingerprint()));
    try (var stream = http.upgrade(HttpRequest.get(url), "tcp").stream()) {
      stream.output().write("hello".getBytes(StandardCharsets.UTF_8));
      stream.closeOutput();
      assertThat(new String(stream.input().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("hello");
    }
  }

  /** Node's HTTP/2 server; its answers say which version was spoken. */
  private String serveByNode() throws IOException {
    var node = Path.of("/usr/bin/node");
    assumeThat(Files.isExecutable(findNode(node))).as("node is installed").isTrue();
    var script =
        """
        const http2 = require('http2'), fs = require('fs');
        let sessions = 0;
        const server = http2.createSecureServer(
          { key: fs.readFileSync('key.pem'), cert: fs.readFileSync('cert.pem'), allowHTTP1: true },
          (req, res) => {
            if (req.url === '/silent') return;
            if (req.url === '/endless-head') {
              for (let i = 0; i < 300; i++) res.setHeader('x-' + i, 'a'.repeat(1000));
              return res.end();
            }
            let size = 0;
            req.on('data', (chunk) => { size += chunk.length; });
            req.on('end', () => res.end(`${req.httpVersion} ${sessions} ${size}`));
          });
        server.on('session', () => { sessions++; });
        server.listen(0, '127.0.0.1', () => console.log(server.address().port));
        """;
    Files.writeString(folder.resolve("server.js"), script);
    Files.writeString(folder.resolve("cert.pem"), certificate.certificatePem());
    Files.writeString(folder.resolve("key.pem"), certificate.keyPem().reveal());
    var process =
        new ProcessBuilder(findNode(node).toString(), "server.js")
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    open.add(() -> process.destroyForcibly().waitFor(10, TimeUnit.SECONDS));
    var port = process.inputReader(StandardCharsets.UTF_8).readLine();
    return "https://pve.lan:" + port;
  }

  private static Path findNode(Path usual) {
    for (var place : System.getenv("PATH").split(":", -1)) {
      var candidate = Path.of(place, "node");
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    return usual;
  }

  @Test
  void http_2_is_spoken_where_it_is_offered_over_one_connection() throws Exception {
    var url = serveByNode();
    var http = client(ClientTls.pinned(certificate.fingerprint()));
    assertThat(http.send(HttpRequest.get(url + "/")).body().text()).isEqualTo("2.0 1 0");
    try (var answer = http.send(HttpRequest.get(url + "/"))) {
      assertThat(answer.reason()).isEmpty();
    }

    var asking = new ArrayList<Worker<String>>();
    for (int i = 0; i < 20; i++) {
      var body = HttpBody.of(new byte[100_000]);
      asking.add(
          Worker.virtual(
              () -> http.send(HttpRequest.post(url + "/", "text/plain", body)).body().text()));
    }
    for (var worker : asking) {
      assertThat(worker.result()).isEqualTo("2.0 1 100000");
    }
    assertThat(net.contacts).hasSize(1);
  }

  @Test
  void one_interrupted_exchange_leaves_the_others_of_its_connection_alone() throws Exception {
    var url = serveByNode();
    var http = client(ClientTls.pinned(certificate.fingerprint()));
    assertThat(http.send(HttpRequest.get(url + "/")).body().text()).startsWith("2.0");
    var silent = Worker.virtual(() -> http.send(HttpRequest.get(url + "/silent"))).untilItWaits();
    silent.interrupt();
    assertThat(silent.failure())
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.code()).isEqualTo(HttpError.INTERRUPTED));
    assertThat(http.send(HttpRequest.get(url + "/")).body().text()).isEqualTo("2.0 1 0");
  }

  @Test
  void an_endless_head_ends_at_a_limit_in_http_2_too() throws Exception {
    var url = serveByNode();
    var http = client(ClientTls.pinned(certificate.fingerprint()));
    assertFails(HttpError.CONNECTION_LOST, () -> http.send(HttpRequest.get(url + "/endless-head")));
  }

  @Test
  void a_connection_of_one_host_is_not_used_for_another_that_its_certificate_names()
      throws Exception {
    var both =
        SelfSigned.create(List.of("a.example", "b.example"), Duration.ofDays(1), Clock.system());
    Files.writeString(folder.resolve("both.pem"), both.certificatePem());
    var listener = net.listen("127.0.0.1", 0, both.tls(List.of("http/1.1")));
    open.add(
        StreamServer.start(
            listener, new HttpService(request -> HttpResponse.of(200)), (peer, failure) -> {}));
    var port = NetAddress.parse(listener.address()).port();
    var http = client(ClientTls.authorities(both.certificatePem()));
    http.send(HttpRequest.get("https://a.example:" + port)).close();
    http.send(HttpRequest.get("https://b.example:" + port)).close();
    assertThat(net.contacts).containsExactly("a.example:" + port, "b.example:" + port);
  }

  @Test
  void a_server_can_have_another_name_in_its_certificate_which_is_checked() throws Exception {
    var named = SelfSigned.create(List.of("cluster.example"), Duration.ofDays(1), Clock.system());
    var listener = net.listen("127.0.0.1", 0, named.tls(List.of("http/1.1")));
    open.add(
        StreamServer.start(
            listener,
            new HttpService(request -> HttpResponse.of(200, "text/plain", request.target())),
            (peer, failure) -> {}));
    var port = NetAddress.parse(listener.address()).port();
    var trust = ClientTls.authorities(named.certificatePem());
    var request = HttpRequest.get("https://a.example:" + port + "/x");
    assertThat(client(trust.named("cluster.example")).send(request).body().text()).isEqualTo("/x");
    assertThat(net.contacts).containsExactly("a.example:" + port);
    assertFails(TlsError.WRONG_HOST, () -> client(trust.named("b.example")).send(request));
    assertFails(TlsError.WRONG_HOST, () -> client(trust).send(request));
  }
}
