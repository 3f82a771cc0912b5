package dev.hearth.runtime.effect.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.InProcessNet;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.StreamService;
import dev.hearth.runtime.effect.Tls;
import dev.hearth.runtime.effect.tls.ClientTls;
import dev.hearth.runtime.effect.tls.SelfSigned;
import dev.hearth.runtime.effect.tls.TlsError;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTP through a proxy of our own. */
@Timeout(60)
class ProxiesTest {
  private final NamedNet net = new NamedNet();
  private final SelfSigned certificate =
      SelfSigned.create(List.of("pve.lan"), Duration.ofDays(1), Clock.system());
  private final List<StreamServer> servers = new ArrayList<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() throws IOException {
    for (var server : servers) {
      server.close();
    }
  }

  private int serve(StreamService service, boolean tls) {
    return serve(service, tls ? certificate.tls(List.of("http/1.1")) : null);
  }

  private int serve(StreamService service, @Nullable Tls secured) {
    var server =
        StreamServer.start(net.listen("127.0.0.1", 0, secured), service, (peer, failure) -> {});
    servers.add(server);
    return NetAddress.parse(server.address()).port();
  }

  /** Remembers each request's head and then does what it is asked for, for {@code pve.lan} only. */
  private void proxy(NetStream client) throws IOException {
    var head = readHead(client);
    heads.add(head);
    var words = head.split(" ", 3);
    if (words[0].equals("CONNECT")) {
      var there = NetAddress.parse(words[1]);
      if (!there.host().equals("pve.lan")) {
        client
            .output()
            .write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8));
        return;
      }
      try (var server = net.connect(there, null)) {
        client.output().write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(UTF_8));
        Thread.ofVirtual().start(() -> pipe(server, client));
        pipe(client, server);
      }
    } else {
      var answer = "proxied " + words[1];
      client
          .output()
          .write(
              ("HTTP/1.1 200 OK\r\nContent-Length: " + answer.length() + "\r\n\r\n" + answer)
                  .getBytes(UTF_8));
    }
  }

  private static void pipe(NetStream from, NetStream to) {
    try {
      from.input().transferTo(to.output());
      to.closeOutput();
    } catch (IOException e) {
      return; // one of the two is gone, and so is the tunnel
    }
  }

  private static String readHead(NetStream client) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = client.input().read();
      if (next < 0) {
        throw new IOException("half a head");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private Http through(int proxy, String variable, String noProxy) {
    net.settings.put(variable, "http://user:p%40ss@proxy.lan:" + proxy);
    net.settings.put("NO_PROXY", noProxy);
    return Http.over(net, HttpOptions.usual().tls(ClientTls.pinned(certificate.fingerprint())));
  }

  @Test
  void https_goes_through_a_tunnel_and_the_net_hears_the_target() {
    int server =
        serve(
            new HttpService(request -> HttpResponse.of(200, "text/plain", request.target())), true);
    int proxy = serve(this::proxy, false);
    try (var http = through(proxy, "HTTPS_PROXY", "")) {
      assertThat(
              http.send(
                      HttpRequest.get("https://pve.lan:" + server + "/x")
                          .header("Authorization", "secret"))
                  .body()
                  .text())
          .isEqualTo("/x");
    }
    assertThat(net.contacts).contains("pve.lan:" + server + " via proxy.lan:" + proxy);
    assertThat(heads)
        .singleElement()
        .asString()
        .startsWith("CONNECT pve.lan:" + server + " HTTP/1.1\r\n")
        .contains("Proxy-Authorization: Basic dXNlcjpwQHNz\r\n")
        .doesNotContain("secret");
  }

  @Test
  void the_server_behind_a_tunnel_is_judged_as_ever() {
    int server = serve(new HttpService(request -> HttpResponse.of(200)), true);
    int proxy = serve(this::proxy, false);
    net.settings.put("https_proxy", "proxy.lan:" + proxy);
    try (var http = Http.over(net, HttpOptions.usual())) {
      assertThatThrownBy(() -> http.send(HttpRequest.get("https://pve.lan:" + server + "/")))
          .isInstanceOfSatisfying(
              HearthException.class, e -> assertThat(e.code()).isEqualTo(TlsError.UNTRUSTED));
    }
  }

  @Test
  void http_is_asked_of_the_proxy_itself() {
    int proxy = serve(this::proxy, false);
    try (var http = through(proxy, "HTTP_PROXY", "")) {
      assertThat(http.send(HttpRequest.get("http://other.lan/x?y=1")).body().text())
          .isEqualTo("proxied http://other.lan/x?y=1");
    }
    assertThat(heads)
        .singleElement()
        .asString()
        .contains("Proxy-Authorization: Basic dXNlcjpwQHNz\r\n");
    assertThat(net.resolved).isEmpty();
  }

  @Test
  void a_proxy_that_refuses_is_named() {
    int proxy = serve(this::proxy, false);
    try (var http = through(proxy, "ALL_PROXY", "")) {
      assertThatThrownBy(() -> http.send(HttpRequest.get("https://elsewhere.example/")))
          .isInstanceOfSatisfying(
              HearthException.class, e -> assertThat(e.code()).isEqualTo(HttpError.PROXY_FAILED))
          .hasMessage(
              "The proxy `proxy.lan:" + proxy + "` did not lead to `elsewhere.example:443`.");
    }
  }

  @Test
  void a_proxy_behind_tls_is_spoken_to_by_it_and_judged_by_the_authorities_of_the_machine(
      @TempDir Path folder) throws IOException {
    var own = SelfSigned.create(List.of("proxy.lan"), Duration.ofDays(1), Clock.system());
    int server =
        serve(
            new HttpService(request -> HttpResponse.of(200, "text/plain", request.target())), true);
    int proxy = serve(this::proxy, own.tls(List.of("http/1.1")));
    net.settings.put("https_proxy", "https://user:p%40ss@proxy.lan:" + proxy);
    var options = HttpOptions.usual().tls(ClientTls.pinned(certificate.fingerprint()));
    var asking = HttpRequest.get("https://pve.lan:" + server + "/x");
    try (var http = Http.over(net, options)) {
      assertThatThrownBy(() -> http.send(asking))
          .isInstanceOfSatisfying(
              HearthException.class, e -> assertThat(e.code()).isEqualTo(TlsError.UNTRUSTED))
          .hasMessageContaining("proxy.lan:" + proxy);
    }
    assertThat(heads).isEmpty();
    var authorities = Files.writeString(folder.resolve("authorities.pem"), own.certificatePem());
    net.settings.put("SSL_CERT_FILE", authorities.toString());
    try (var http = Http.over(net, options)) {
      assertThat(http.send(asking).body().text()).isEqualTo("/x");
    }
    assertThat(net.contacts).contains("pve.lan:" + server + " via proxy.lan:" + proxy);
    assertThat(heads)
        .singleElement()
        .asString()
        .startsWith("CONNECT pve.lan:" + server + " HTTP/1.1\r\n")
        .contains("Proxy-Authorization: Basic dXNlcjpwQHNz\r\n");
  }

  /** A SOCKS proxy that wants a user, remembers who and what was asked, and leads to here. */
  private void socks(NetStream client) throws IOException {
    var input = new DataInputStream(client.input());
    input.readUnsignedByte();
    input.readNBytes(input.readUnsignedByte());
    client.output().write(new byte[] {5, 2});
    input.readUnsignedByte();
    var user = new String(input.readNBytes(input.readUnsignedByte()), UTF_8);
    var password = new String(input.readNBytes(input.readUnsignedByte()), UTF_8);
    boolean welcome = password.equals("p@ss");
    client.output().write(new byte[] {1, (byte) (welcome ? 0 : 1)});
    if (!welcome) {
      return;
    }
    input.readNBytes(3);
    var host =
        switch (input.readUnsignedByte()) {
          case 1 -> InetAddress.getByAddress(input.readNBytes(4)).getHostAddress();
          case 4 -> InetAddress.getByAddress(input.readNBytes(16)).getHostAddress();
          default -> new String(input.readNBytes(input.readUnsignedByte()), UTF_8);
        };
    int port = input.readUnsignedShort();
    heads.add(user + " to " + host + " " + port);
    if (!host.equals("pve.lan")) {
      client.output().write(new byte[] {5, 2, 0, 1, 0, 0, 0, 0, 0, 0});
      return;
    }
    try (var server = net.connect(new NetAddress(host, port), null)) {
      client.output().write(new byte[] {5, 0, 0, 3, 2, 'o', 'n', 1, 2});
      Thread.ofVirtual().start(() -> pipe(server, client));
      pipe(client, server);
    }
  }

  @Test
  void a_socks_proxy_is_told_the_name_and_who_asks_and_what_it_refuses_is_said() {
    int server =
        serve(
            new HttpService(request -> HttpResponse.of(200, "text/plain", request.target())), true);
    int plain =
        serve(
            new HttpService(request -> HttpResponse.of(200, "text/plain", request.target())),
            false);
    int proxy = serve(this::socks, false);
    net.settings.put("all_proxy", "socks5://user:p%40ss@proxy.lan:" + proxy);
    try (var http =
        Http.over(net, HttpOptions.usual().tls(ClientTls.pinned(certificate.fingerprint())))) {
      assertThat(http.send(HttpRequest.get("https://pve.lan:" + server + "/x")).body().text())
          .isEqualTo("/x");
      assertThat(http.send(HttpRequest.get("http://pve.lan:" + plain + "/y")).body().text())
          .isEqualTo("/y");
      assertRefused(http, "https://10.0.0.1:8006/", "its rules forbid that");
      assertRefused(http, "https://[fd00::1]:8006/", "its rules forbid that");
    }
    assertThat(net.resolved).doesNotContain("proxy.lan");
    assertThat(net.contacts).contains("pve.lan:" + server + " via proxy.lan:" + proxy);
    assertThat(heads)
        .contains(
            "user to pve.lan " + server,
            "user to pve.lan " + plain,
            "user to 10.0.0.1 8006",
            "user to fd00:0:0:0:0:0:0:1 8006");
    net.settings.put("all_proxy", "socks5://user:wrong@proxy.lan:" + proxy);
    try (var http = Http.over(net, HttpOptions.usual())) {
      assertRefused(http, "https://pve.lan/", "it does not accept the user and password");
    }
    net.settings.put("all_proxy", "socks5://proxy.lan:" + proxy);
    try (var http = Http.over(net, HttpOptions.usual())) {
      assertRefused(http, "https://pve.lan/", "it wants a user and password");
    }
    int talkative = serve(client -> client.output().write("220 hello\r\n".getBytes(UTF_8)), false);
    net.settings.put("all_proxy", "socks5://proxy.lan:" + talkative);
    try (var http = Http.over(net, HttpOptions.usual())) {
      assertRefused(http, "https://pve.lan/", "it does not speak SOCKS 5");
    }
    net.settings.put("all_proxy", "socks5://proxy.lan:" + plain);
    var hurry = new Timeouts(Duration.ofMillis(300), Duration.ofSeconds(9), Duration.ofSeconds(9));
    try (var http = Http.over(net, HttpOptions.usual().timeouts(hurry))) {
      assertThatThrownBy(() -> http.send(HttpRequest.get("https://pve.lan/")))
          .hasMessageStartingWith("`proxy.lan:" + plain + "` did not answer within ");
    }
  }

  private static void assertRefused(Http http, String url, String reason) {
    assertThatThrownBy(() -> http.send(HttpRequest.get(url)))
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> {
              assertThat(e.code()).isEqualTo(HttpError.PROXY_FAILED);
              assertThat(e.details()).containsEntry("reason", reason);
            });
  }

  @Test
  void exceptions_this_machine_and_simulated_addresses_need_no_proxy() {
    int server =
        serve(new HttpService(request -> HttpResponse.of(200, "text/plain", "direct")), false);
    try (var http = through(9, "HTTP_PROXY", "example.org, .lan")) {
      assertThat(http.send(HttpRequest.get("http://pve.lan:" + server + "/")).body().text())
          .isEqualTo("direct");
      assertThat(http.send(HttpRequest.get("http://127.0.0.1:" + server + "/")).body().text())
          .isEqualTo("direct");
    }
    var inside = new InProcessNet();
    inside.serve(
        new NetAddress("pve.example", 443), new HttpService(request -> HttpResponse.of(204)));
    var proxies =
        Proxies.of(name -> Optional.ofNullable(Map.of("ALL_PROXY", "proxy.lan:9").get(name)));
    try (var http = Http.over(inside, HttpOptions.usual().proxies(proxies))) {
      assertThat(http.send(HttpRequest.get("https://pve.example/")).status()).isEqualTo(204);
    }
  }

  @Test
  void the_variables_are_read_as_curl_and_go_read_them() {
    assertThat(found("https_proxy=low:1 HTTPS_PROXY=UP:2", true, "a.example:443"))
        .hasValue("low:1");
    assertThat(found("HTTPS_PROXY=http://up", true, "a.example:443")).hasValue("up:80");
    assertThat(found("HTTPS_PROXY=http://[fd00::1]:3128", true, "a.example:443"))
        .hasValue("[fd00::1]:3128");
    assertThat(found("HTTPS_PROXY=https://up", true, "a.example:443")).hasValue("up:443");
    assertThat(found("HTTPS_PROXY=SOCKS5://up", true, "a.example:443")).hasValue("up:1080");
    assertThat(found("ALL_PROXY=socks5h://up:9", true, "a.example:443")).hasValue("up:9");
    assertThat(found("HTTP_PROXY=p:1", true, "a.example:443")).isEmpty();
    assertThat(found("ALL_PROXY=p:1", true, "a.example:443")).hasValue("p:1");
    for (var direct :
        List.of(
            "*",
            "a.example",
            "A.EXAMPLE",
            ".example",
            "*.example",
            "example",
            "a.example:443",
            "x,a.example")) {
      assertThat(found("ALL_PROXY=p:1 NO_PROXY=" + direct, true, "a.example:443"))
          .as(direct)
          .isEmpty();
    }
    for (var other : List.of("ample", "b.example", "a.example:80", "10.0.0.0/8", "a.example.org")) {
      assertThat(found("ALL_PROXY=p:1 NO_PROXY=" + other, true, "a.example:443"))
          .as(other)
          .isPresent();
    }
    assertThat(found("ALL_PROXY=p:1 NO_PROXY=10.0.0.0/8", true, "10.1.2.3:443")).isEmpty();
    assertThat(found("ALL_PROXY=p:1 NO_PROXY=10.0.0.0/8", true, "11.1.2.3:443")).isPresent();
    assertThat(found("ALL_PROXY=p:1 NO_PROXY=fd00::/8", true, "[fd12::1]:443")).isEmpty();
    assertThat(found("ALL_PROXY=p:1", true, "localhost:443")).isEmpty();
    assertThat(found("ALL_PROXY=p:1", true, "127.8.8.8:443")).isEmpty();
    assertThat(found("ALL_PROXY=p:1", true, "[::1]:443")).isEmpty();
  }

  @Test
  void a_proxy_for_everything_leads_to_its_own_machine_too() {
    for (var target : List.of("a.example:443", "localhost:443", "127.0.0.1:6443")) {
      assertThat(Proxies.always("http://p:1").find(true, NetAddress.parse(target))).isPresent();
    }
  }

  private static Optional<String> found(String environment, boolean https, String target) {
    var variables = new java.util.HashMap<String, String>();
    for (var word : environment.split(" ", -1)) {
      variables.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
    }
    return Proxies.of(name -> Optional.ofNullable(variables.get(name)))
        .find(https, NetAddress.parse(target))
        .map(proxy -> proxy.address().toString());
  }

  @Test
  void a_proxy_that_cannot_be_used_is_refused_without_its_password() {
    for (var bad :
        List.of(
            "socks4://u:secret@p:1", "ftp://u:secret@p:1", "http://u:secret@", "u:secret@:99999")) {
      assertThatThrownBy(() -> Proxies.of(name -> Optional.of(bad)))
          .isInstanceOfSatisfying(
              HearthException.class, e -> assertThat(e.code()).isEqualTo(HttpError.PROXY_MALFORMED))
          .message()
          .doesNotContain("secret");
    }
  }
}
