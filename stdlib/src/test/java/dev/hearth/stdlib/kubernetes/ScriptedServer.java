package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.HttpService;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A server that answers what it was told to, once each and the last one for ever: for what no real
 * API server does when it is asked to. It knows pods, secrets and config maps.
 */
final class ScriptedServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String KINDS =
      """
      {"kind":"APIResourceList","groupVersion":"v1","resources":[
        {"name":"pods","singularName":"","namespaced":true,"kind":"Pod","verbs":["get","list","watch"],"shortNames":["po"]},
        {"name":"secrets","singularName":"","namespaced":true,"kind":"Secret","verbs":["get","list","watch"]},
        {"name":"configmaps","singularName":"","namespaced":true,"kind":"ConfigMap","verbs":["get","list","watch"]}]}
      """;

  private final StreamServer server;
  private final Map<String, Deque<Function<HttpRequest, HttpResponse>>> answers = new HashMap<>();
  private final List<HttpRequest> requests = new ArrayList<>();
  private final HttpService http = new HttpService(this::answer);
  private int open; // guarded by this

  ScriptedServer() {
    json("GET /api", "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}");
    json("GET /apis", "{\"kind\":\"APIGroupList\",\"groups\":[]}");
    json("GET /api/v1", KINDS);
    server =
        StreamServer.start(
            new SystemNet().listen("127.0.0.1", 0, null), this::serve, (peer, failure) -> {});
  }

  /** The next answer to {@code GET /version} and its like. */
  synchronized ScriptedServer answers(String call, Function<HttpRequest, HttpResponse> answer) {
    answers.computeIfAbsent(call, _ -> new ArrayDeque<>()).add(answer);
    return this;
  }

  /** The answer from here on, whatever was to come. */
  synchronized ScriptedServer always(String call, String body) {
    answers.remove(call);
    return json(call, body);
  }

  ScriptedServer json(String call, String body) {
    return answers(call, _ -> HttpResponse.of(200, "application/json", body));
  }

  ScriptedServer status(String call, int code, String reason, String message) {
    var body =
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":%d,\"reason\":\"%s\",\"message\":\"%s\"}"
            .formatted(code, reason, message);
    return answers(call, _ -> HttpResponse.of(code, "application/json", body));
  }

  private void serve(NetStream client) throws IOException {
    count(1);
    try {
      http.serve(client);
    } finally {
      count(-1);
    }
  }

  private synchronized void count(int more) {
    open += more;
    notifyAll();
  }

  private HttpResponse answer(HttpRequest request) {
    Function<HttpRequest, HttpResponse> next;
    synchronized (this) {
      requests.add(request);
      var queue = answers.get(request.method() + " " + request.path());
      next =
          queue == null
              ? _ -> HttpResponse.of(404, "text/plain", "404 page not found")
              : queue.size() > 1 ? queue.removeFirst() : queue.getFirst();
    }
    return next.apply(request);
  }

  /** What was asked, in order, but for what there is: {@code GET /api/v1/pods?limit=500}. */
  synchronized List<String> asked() {
    return requests.stream()
        .filter(request -> !request.path().matches("/apis?(/v1)?"))
        .map(request -> request.method() + " " + request.target())
        .toList();
  }

  /** The values of a header, in the order of the requests. */
  synchronized List<String> sent(String header) {
    return requests.stream()
        .map(request -> request.headers().first(header).orElse("-"))
        .distinct()
        .toList();
  }

  String address() {
    return "http://" + server.address();
  }

  String net() {
    return "net=" + server.address();
  }

  /** Whoever is done with it has to have ended its connections. */
  private synchronized void awaitNobody() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (open > 0 && System.nanoTime() < deadline) {
        wait(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (open > 0) {
      throw new AssertionError(open + " connections were left open");
    }
  }

  @Override
  public void close() {
    try (server) {
      awaitNobody();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
