package dev.hearth.stdlib.proxmox.sim;

import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.http.Http;
import dev.hearth.runtime.effect.http.HttpOptions;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;

/**
 * The web as simulated nodes reach it: through the network that the simulator was given, so that
 * what they fetch is simulated or granted like anything else.
 *
 * <p>Certificates are verified even where a caller of Proxmox asked not to: a simulator gains
 * nothing from trusting anybody.
 */
final class NetImages implements ImageSource {
  private final Http http;

  NetImages(Net net) {
    this.http = Http.over(net, HttpOptions.usual());
  }

  @Override
  public Answer get(String url, boolean verifyCertificates) {
    return ask("GET", url);
  }

  @Override
  public Answer head(String url, boolean verifyCertificates) {
    return ask("HEAD", url);
  }

  private Answer ask(String method, String url) {
    var response = http.send(HttpRequest.of(method, url));
    var headers = response.headers();
    long length = headers.first("Content-Length").map(Long::parseLong).orElse(-1L);
    return new Answer(
        response.status(),
        response.reason(),
        headers.first("Content-Type").orElse(null),
        headers.first("Content-Disposition").orElse(null),
        length,
        response.body().stream());
  }

  @Override
  public void close() {
    http.close();
  }
}
