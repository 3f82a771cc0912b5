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
import dev.hearth.runtime.effect.tls.ClientTls;
import dev.hearth.runtime.effect.tls.SelfSigned;
import dev.hearth.runtime.effect.tls.TlsError;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

  private int serve(dev.hearth.runtime.effect.StreamService service, boolean tls) {
    var secured = tls ? certificate.tls(List.of("http/1.1")) : null;
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
            "socks5://u:secret@p:1",
            "https://u:secret@p:1",
            "http://u:secret@",
            "u:secret@:99999")) {
      assertThatThrownBy(() -> Proxies.of(name -> Optional.of(bad)))
          .isInstanceOfSatisfying(
              HearthException.class, e -> assertThat(e.code()).isEqualTo(HttpError.PROXY_MALFORMED))
          .message()
          .doesNotContain("secret");
    }
  }
}
