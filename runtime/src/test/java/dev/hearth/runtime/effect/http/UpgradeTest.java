package dev.hearth.runtime.effect.http;

import static dev.hearth.runtime.effect.http.Servers.assertFails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.Worker;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that change from HTTP to something else. */
@Timeout(60)
class UpgradeTest {
  private final Servers servers = new Servers();
  private final NamedNet net = servers.net;
  private final Http http = Http.over(net, HttpOptions.usual());

  @AfterEach
  void stop() throws IOException {
    http.close();
    servers.close();
  }

  @Test
  void an_upgraded_connection_is_a_plain_stream() throws Exception {
    var host =
        servers.serve(
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
        servers.serve(
            request -> HttpResponse.upgrade("tcp", stream -> stream.input().readAllBytes()));
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
        servers.serve(
            request -> HttpResponse.of(409, "application/json", "{\"message\":\"not running\"}"));
    var failure =
        assertFails(
            HttpError.NOT_UPGRADED,
            () -> http.upgrade(HttpRequest.get("http://" + host + "/attach"), "tcp"));
    assertThat(failure.details())
        .containsEntry("status", 409)
        .containsEntry("body", "{\"message\":\"not running\"}");
  }

  @Test
  void after_a_refused_upgrade_the_connection_is_not_used_again() {
    var host = servers.serve(request -> HttpResponse.of(403, "text/plain", "no"));
    assertFails(
        HttpError.NOT_UPGRADED,
        () -> http.upgrade(HttpRequest.get("http://" + host + "/exec"), "websocket"));
    assertFails(
        HttpError.NOT_UPGRADED,
        () -> http.upgrade(HttpRequest.get("http://" + host + "/exec"), "SPDY/3.1"));

    assertThat(servers.connections).hasValue(2);
  }
}
