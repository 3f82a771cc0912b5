package dev.hearth.runtime.effect.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.InProcessNet;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetError;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where redirects lead, and what goes along. */
@Timeout(60)
class RedirectsTest {
  private final InProcessNet net = new InProcessNet();
  private final Http http = Http.over(net, HttpOptions.usual());
  private final Map<NetAddress, HttpHandler> handlers = new ConcurrentHashMap<>();
  private final List<HttpRequest> seen = new CopyOnWriteArrayList<>();

  /** Kept connections ask the handler that stands there now. */
  private void serve(String host, int port, HttpHandler handler) {
    var address = new NetAddress(host, port);
    handlers.put(address, handler);
    net.serve(
        address,
        new HttpService(
            request -> {
              seen.add(request.body(HttpBody.of(request.body().bytes())));
              return Objects.requireNonNull(handlers.get(address)).handle(request);
            }));
  }

  private static HttpHandler redirect(int status, String location) {
    return request -> HttpResponse.of(status).header("Location", location);
  }

  private static final HttpHandler DONE = request -> HttpResponse.of(200, "text/plain", "done");

  private static HearthException assertFails(ErrorCode code, ThrowingCallable call) {
    var thrown = org.assertj.core.api.Assertions.catchThrowableOfType(HearthException.class, call);
    assertThat(thrown).isNotNull();
    assertThat(thrown.code()).isEqualTo(code);
    return thrown;
  }

  private HttpRequest withSecrets(String url) {
    return HttpRequest.get(url)
        .header("Authorization", "PVEAPIToken=root@pam!t=secret")
        .header("Cookie", "PVEAuthCookie=secret")
        .header("CSRFPreventionToken", "secret")
        .header("X-Vault-Token", "secret")
        .header("Accept", "application/json");
  }

  @Test
  void the_same_origin_gets_everything_again() {
    serve(
        "a.example",
        80,
        request ->
            request.path().equals("/old")
                ? HttpResponse.of(302).header("Location", "new?x=1")
                : DONE.handle(request));
    assertThat(http.send(withSecrets("http://a.example/old")).body().text()).isEqualTo("done");
    assertThat(seen.getLast().target()).isEqualTo("/new?x=1");
    assertThat(seen.getLast().headers().first("Authorization")).isPresent();
  }

  @Test
  void another_host_port_or_scheme_gets_no_credentials() {
    serve("b.example", 80, DONE);
    serve("a.example", 81, DONE);
    serve("a.example", 443, DONE);
    for (var elsewhere :
        List.of(
            "http://b.example/", "http://a.example:81/", "https://a.example/", "//b.example/")) {
      serve("a.example", 80, redirect(302, elsewhere));
      assertThat(http.send(withSecrets("http://a.example/")).body().text()).isEqualTo("done");
      assertThat(seen.getLast().headers().fields())
          .as(elsewhere)
          .noneMatch(field -> field.value().contains("secret"))
          .anyMatch(field -> field.name().equals("Accept"));
      assertThat(seen.getLast().headers().first("Host"))
          .hasValue(elsewhere.replaceAll("^(http|https):|/", ""));
    }
  }

  @Test
  void credentials_do_not_come_back_when_the_way_leads_back() {
    serve("b.example", 80, redirect(302, "http://a.example/end"));
    serve(
        "a.example",
        80,
        request ->
            request.path().equals("/end")
                ? DONE.handle(request)
                : HttpResponse.of(302).header("Location", "http://b.example/"));
    assertThat(http.send(withSecrets("http://a.example/")).body().text()).isEqualTo("done");
    assertThat(seen.getLast().headers().fields())
        .noneMatch(field -> field.value().contains("secret"));
  }

  @Test
  void each_hop_passes_the_net() {
    serve("a.example", 80, redirect(302, "http://127.0.0.1:22/"));
    var failure =
        assertFails(NetError.NOT_SIMULATED, () -> http.send(HttpRequest.get("http://a.example/")));
    assertThat(failure).hasMessage("`127.0.0.1:22` is not simulated.");
  }

  @Test
  void https_is_not_left_and_other_schemes_are_not_followed() {
    for (var bad :
        List.of("http://a.example/", "file:///etc/passwd", "javascript:alert(1)", "http://")) {
      serve("a.example", 443, redirect(301, bad));
      assertFails(
          HttpError.REDIRECT_REFUSED, () -> http.send(HttpRequest.get("https://a.example/")));
    }
  }

  @Test
  void a_circle_ends_after_twenty_redirects() {
    serve("a.example", 80, redirect(307, "/again"));
    var failure =
        assertFails(
            HttpError.TOO_MANY_REDIRECTS, () -> http.send(HttpRequest.get("http://a.example/")));
    assertThat(failure).hasMessage("GET http://a.example/ was redirected more than 20 times.");
    assertThat(seen).hasSize(21);
  }

  @Test
  void the_method_and_the_body_change_as_browsers_do_it() {
    for (int status : List.of(301, 302, 303, 307, 308)) {
      boolean kept = status >= 307;
      serve(
          "a.example",
          80,
          request ->
              request.path().equals("/")
                  ? HttpResponse.of(status).header("Location", "/next")
                  : DONE.handle(request));
      http.send(HttpRequest.post("http://a.example/", "text/plain", HttpBody.of("x"))).close();
      assertThat(seen.getLast().method()).as("%d", status).isEqualTo(kept ? "POST" : "GET");
      assertThat(seen.getLast().body().text()).isEqualTo(kept ? "x" : "");
      assertThat(seen.getLast().headers().first("Content-Type").isPresent()).isEqualTo(kept);
    }
  }

  @Test
  void a_stream_is_not_sent_half_a_second_time() {
    serve("a.example", 80, redirect(307, "/next"));
    var body = HttpBody.of(new ByteArrayInputStream(new byte[10]), 10);
    assertFails(
        HttpError.REDIRECT_REFUSED,
        () -> http.send(HttpRequest.post("http://a.example/", "text/plain", body)));
  }

  @Test
  void who_wants_the_redirect_itself_gets_it() {
    serve("a.example", 80, redirect(302, "/next"));
    try (var plain = Http.over(net, HttpOptions.usual().redirects(0))) {
      var answer = plain.send(HttpRequest.get("http://a.example/"));
      assertThat(answer.status()).isEqualTo(302);
      assertThat(answer.headers().first("Location")).hasValue("/next");
    }
  }

  @Test
  void a_redirect_gives_its_connection_back() {
    serve("a.example", 80, redirect(302, "/next"));
    assertThatThrownBy(
            () -> {
              try (var narrow = Http.over(net, HttpOptions.usual().perHost(1))) {
                narrow.send(HttpRequest.get("http://a.example/"));
              }
            })
        .isInstanceOf(HearthException.class)
        .hasMessageContaining("more than 20 times");
  }
}
