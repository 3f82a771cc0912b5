package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.InProcessNet;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.Processes;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.HttpService;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.OpContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A server that answers what it was told to, once each and the last one for ever: for what the
 * simulator cannot do, such as losing answers and never ending them. Its clock moves only by waits.
 */
final class ScriptedProxmox implements OpContext {
  static final String TOKEN = "root@pam!test=11111111-2222-3333-4444-555555555555";

  private final InProcessNet net = new InProcessNet();
  private final Map<String, Deque<HttpResponse>> answers = new HashMap<>();
  private final List<String> requests = new ArrayList<>();
  private final List<HttpRequest> heads = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private Duration passed = Duration.ZERO;
  private Runnable onWait = () -> {};
  private Function<HttpRequest, HttpResponse> unscripted =
      request -> HttpResponse.of(501).reason("Method '" + request.method() + "' not implemented");

  ScriptedProxmox() {
    net.serve(new NetAddress("pve.test", 8006), new HttpService(this::answer));
  }

  /** The next answer to {@code GET /version} and its like. */
  ScriptedProxmox answers(String call, HttpResponse answer) {
    answers.computeIfAbsent(call, key -> new ArrayDeque<>()).add(answer);
    return this;
  }

  ScriptedProxmox answers(String call, int status, String reason, String body) {
    return answers(
        call, HttpResponse.of(status, "application/json;charset=UTF-8", body).reason(reason));
  }

  /** Who answers what nothing was said of; nobody has that otherwise. */
  ScriptedProxmox otherwise(Function<HttpRequest, HttpResponse> other) {
    unscripted = other;
    return this;
  }

  /** A good answer whose data is this JSON. */
  ScriptedProxmox data(String call, String json) {
    return answers(call, 200, "OK", "{\"data\":" + json + "}");
  }

  private synchronized HttpResponse answer(HttpRequest request) {
    var path = request.path().replaceFirst("^/api2/json", "");
    var form = request.body().text();
    var query = request.query().isEmpty() ? "" : "?" + request.query();
    requests.add(request.method() + " " + path + query + (form.isEmpty() ? "" : " " + form));
    heads.add(request);
    var queue = answers.get(request.method() + " " + path);
    if (queue == null) {
      return unscripted.apply(request);
    }
    return queue.size() > 1 ? queue.removeFirst() : queue.getFirst();
  }

  /** What was asked, in order, with parameters. */
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  synchronized List<HttpRequest> heads() {
    return List.copyOf(heads);
  }

  List<String> told() {
    return told;
  }

  Duration passed() {
    return passed;
  }

  /** What happens whenever somebody waits. */
  void onWait(Runnable action) {
    onWait = action;
  }

  void pass(Duration time) {
    passed = passed.plus(time);
  }

  ProxmoxConnection withToken() {
    return new ProxmoxConnection(connection(Map.of("token", Secret.of(TOKEN))), this);
  }

  ProxmoxConnection withPassword() {
    return new ProxmoxConnection(connection(Map.of("password", Secret.of("pass-word"))), this);
  }

  Connection connection(Map<String, Secret> secrets) {
    var settings = JsonNodeFactory.instance.objectNode();
    settings.put("url", "https://pve.test:8006").put("user", "root@pam");
    return new Connection("proxmox", "lab", Connection.Origin.STORED, settings, secrets);
  }

  /** A body that is {@code bytes} long and has no other content. */
  static HttpResponse huge(int bytes) {
    return HttpResponse.of(200).body(HttpBody.of(new byte[bytes]));
  }

  @Override
  public Effects effects() {
    return new OnlyNet(net, new WaitingClock());
  }

  @Override
  public Log log() {
    return (level, message, fields) -> told.add(level + " " + message);
  }

  private final class WaitingClock implements Clock {
    @Override
    public Instant now() {
      return Instant.EPOCH.plus(passed);
    }

    @Override
    public long nanoTime() {
      return passed.toNanos();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      onWait.run();
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      passed = passed.plus(duration);
    }
  }

  private record OnlyNet(Net net, Clock clock) implements Effects {
    @Override
    public Files files() {
      throw new UnsupportedOperationException("Proxmox needs no files.");
    }

    @Override
    public Processes processes() {
      throw new UnsupportedOperationException("Proxmox needs no processes.");
    }

    @Override
    public Environment environment() {
      throw new UnsupportedOperationException("Proxmox needs no environment.");
    }
  }
}
