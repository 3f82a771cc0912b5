package dev.hearth.stdlib.proxmox.sim;

import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpHeaders;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.HttpService.Limits;
import dev.hearth.stdlib.proxmox.sim.api.SimRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.TreeMap;

/** The simulator over HTTP/1.1. */
final class WireProtocol {
  /** As large as an ISO image; what is no upload is refused by the simulator itself far earlier. */
  static final Limits LIMITS = new Limits(16L << 30, Duration.ofMinutes(1));

  private final ProxmoxSimulator simulator;

  WireProtocol(ProxmoxSimulator simulator) {
    this.simulator = simulator;
  }

  HttpResponse handle(HttpRequest request) throws IOException {
    var fields = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (var field : request.headers().fields()) {
      fields.putIfAbsent(field.name(), field.value());
    }
    travel();
    var answer =
        simulator.answer(
            new SimRequest(request.method(), request.target(), fields, request.body().stream()));
    if (answer.isDropped()) {
      throw new IOException("The simulated node hung up.");
    }
    var headers = HttpHeaders.none();
    for (var header : answer.headers().entrySet()) {
      headers = headers.and(header.getKey(), header.getValue());
    }
    // A reason phrase is one line; what a client sent must not add another.
    var reason = answer.reason().replaceAll("\\p{Cntrl}", " ");
    return new HttpResponse(answer.status(), reason, headers, HttpBody.of(answer.bytes()));
  }

  private void travel() throws IOException {
    try {
      simulator.travel();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("The simulator ends.").initCause(e);
    }
  }
}
