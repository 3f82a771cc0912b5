package dev.hearth.cli;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.effect.Tls;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.HttpService;
import dev.hearth.runtime.effect.tls.SelfSigned;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that is no Proxmox, answers every request alike, and keeps what it was sent. */
final class ProxmoxLookalike implements AutoCloseable {
  private final List<HttpRequest> requests = new CopyOnWriteArrayList<>();
  private final StreamServer server;

  private ProxmoxLookalike(Tls tls, int status, String body) {
    var service =
        new HttpService(
            request -> {
              requests.add(request);
              return HttpResponse.of(status)
                  .header("Content-Type", "application/json")
                  .body(HttpBody.of(body.getBytes(StandardCharsets.UTF_8)));
            });
    server =
        StreamServer.start(
            new SystemNet().listen("127.0.0.1", 0, tls), service, (peer, failure) -> {});
  }

  static ProxmoxLookalike answering(int status, String body) {
    var certificate = SelfSigned.create(List.of("pve.lan"), Duration.ofDays(1), Clock.system());
    return new ProxmoxLookalike(certificate.tls(List.of()), status, body);
  }

  static ProxmoxLookalike with(Tls tls) {
    return new ProxmoxLookalike(tls, 200, "{\"data\":{}}");
  }

  String url() {
    return "https://" + server.address();
  }

  /** All requests that arrived, whatever they asked. */
  List<HttpRequest> requests() {
    return requests;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
