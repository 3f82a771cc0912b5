package dev.hearth.stdlib.proxmox.sim.api;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.stdlib.proxmox.sim.api.Api.Found;
import dev.hearth.stdlib.proxmox.sim.api.CallFault.Outcome;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The front door, as pveproxy is one: it finds out who calls, finds the method, checks rights and
 * parameters in that order, lets it run under the world's lock, and writes the answer the way
 * Proxmox does, down to the reason phrase. Safe from any thread.
 */
public final class Gateway {
  private static final JsonMapper JSON = new JsonMapper();
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");
  private static final String JSON_BASE = "/api2/json";
  private static final String EXTJS_BASE = "/api2/extjs";
  private static final String ROOT = "root@pam";
  private static final String SCHEMA = "/pve-docs/api-viewer/apidoc.js";

  private final World world;
  private final Api api;
  private final Background background;
  private final Doorkeeper doorkeeper;
  private final Deque<CallFault> faults = new ArrayDeque<>();
  private volatile FaultPlan plan = (method, path) -> Optional.empty();

  /**
   * @param background what goes on beside the calls
   */
  public Gateway(World world, Api api, Background background) {
    this.world = world;
    this.api = api;
    this.background = background;
    this.doorkeeper = new Doorkeeper(world);
  }

  /** Makes a coming call go wrong; faults are used in the order in which they were added, once. */
  public void failNext(CallFault fault) {
    world.lock().holding(() -> faults.add(fault));
  }

  /** Asks {@code decider} about each call from now on that no single fault hits. */
  public void failBy(FaultPlan decider) {
    plan = decider;
  }

  /** Answers one request. */
  public SimAnswer answer(SimRequest request) throws IOException {
    var path = Forms.decode(request.path());
    if (path.equals(SCHEMA) && request.method().equals("GET")) {
      return locked(() -> file(ApiSchema.script(api), request));
    }
    if (!METHODS.contains(request.method())) {
      return locked(() -> empty(501, "method '" + request.method() + "' not available", request));
    }
    boolean isExtjs = path.startsWith(EXTJS_BASE + "/");
    if (!isExtjs && !path.startsWith(JSON_BASE + "/")) {
      return locked(() -> empty(404, "Not Found", request));
    }
    var rest = path.substring((isExtjs ? EXTJS_BASE : JSON_BASE).length());
    return answer(new Exchange(request, rest, isExtjs));
  }

  /**
   * One request to the API.
   *
   * @param path decoded, without {@code /api2/json}
   */
  private record Exchange(SimRequest request, String path, boolean isExtjs) {}

  private SimAnswer answer(Exchange exchange) throws IOException {
    var verb = exchange.request().method();
    var single = locked(() -> takeFault(verb, exchange.path()));
    var outcome = single == null ? plan.at(verb, exchange.path()).orElse(null) : single.outcome();
    return switch (outcome) {
      case null -> admitted(exchange);
      case Outcome.Drop() -> SimAnswer.DROPPED;
      case Outcome.Refuse(int status, String message) ->
          locked(() -> error(Refusal.of(status, message + "\n"), exchange));
      case Outcome.LoseAnswer() -> {
        admitted(exchange);
        yield SimAnswer.DROPPED;
      }
    };
  }

  private SimAnswer admitted(Exchange exchange) throws IOException {
    Doorkeeper.Visitor visitor;
    try {
      visitor = world.lock().holding(() -> doorkeeper.admit(exchange.request(), exchange.path()));
      var found = api.find(exchange.path()).orElse(null);
      var target = target(exchange.request().method(), exchange.path(), found);
      // Reading takes as long as the client takes, so it is done without the world's lock.
      var body = Body.read(exchange.request(), visitor.mayUpload());
      return body == null
          ? SimAnswer.DROPPED
          : world.lock().holding(() -> run(target, visitor, body, exchange));
    } catch (Doorkeeper.Rejection e) {
      return locked(() -> empty(e.status(), e.text(), exchange.request()));
    } catch (Refusal e) {
      return locked(() -> error(e, exchange));
    }
  }

  private Target target(String verb, String path, @Nullable Found found) {
    var method = found == null ? null : found.method(verb).orElse(null);
    var handler = method == null ? null : method.handler();
    if (found == null || method == null || handler == null) {
      boolean isReal = found != null && (method != null || api.isAbsent(found, verb));
      var why = isReal ? "simulated" : "implemented";
      throw Refusal.of(501, "Method '" + verb + " " + path + "' not " + why);
    }
    return new Target(method, handler, found);
  }

  private <T extends @Nullable Object> T locked(Supplier<T> body) {
    return world.lock().holding(body);
  }

  private record Target(ApiMethod method, Handler handler, Found found) {}

  private SimAnswer run(Target target, Doorkeeper.Visitor visitor, Body body, Exchange exchange) {
    background.catchUp(
        world,
        (verb, path, more) -> inner(new Doorkeeper.Visitor(ROOT, false, false), verb, path, more));
    var method = target.method();
    var params = merge(target.found(), body.params());
    if (visitor.isToken() && method.isTicketOnly()) {
      throw Refusal.of(
          403,
          "Permission check failed (URI '"
              + exchange.path()
              + "' not available with API token, need proper ticket.\n)\n");
    }
    var call = permitted(target, visitor, params, body.upload());
    var data = target.handler().answer(call);
    var json = JSON.createObjectNode();
    json.set("data", JSON.valueToTree(data));
    call.beside().forEach((name, value) -> json.set(name, JSON.valueToTree(value)));
    if (exchange.isExtjs()) {
      json.put("success", 1);
    }
    var answer = withBody(200, "OK", json, exchange.request());
    if (visitor.mayUpload()) {
      answer.headers().put("Connection", "close"); // pveproxy reads uploads past its parser
    }
    return answer;
  }

  /** A call whose rights and parameters were found good. */
  private Call permitted(
      Target target,
      Doorkeeper.Visitor visitor,
      Map<String, @Nullable Object> params,
      @Nullable Upload upload) {
    var method = target.method();
    var rights = world.rightsOf(visitor.user());
    permit(method, visitor, new Check.Caller(world, rights, params));
    if (method.isProxied()) {
      reach(target.found().values().getOrDefault("node", ""));
    }
    asArrays(method, params);
    Validator.check(method.params(), params);
    return new Call(
        world,
        rights,
        new Params(params),
        upload,
        (verb, path, more) -> inner(visitor, verb, path, more));
  }

  /** Passes a call on to a node; names of hosts have no case, names of nodes have. */
  private void reach(String node) {
    if (!world.nodes().containsKey(node)
        && world.nodes().keySet().stream().anyMatch(node::equalsIgnoreCase)) {
      throw new Doorkeeper.Rejection(595, "Connection refused");
    }
    world.node(node);
    if (!world.isOnline(node)) {
      throw new Doorkeeper.Rejection(595, "No route to host");
    }
  }

  private @Nullable Object inner(
      Doorkeeper.Visitor visitor, String verb, String path, Map<String, String> params) {
    var target = target(verb, path, api.find(path).orElse(null));
    var call = permitted(target, visitor, merge(target.found(), new LinkedHashMap<>(params)), null);
    return target.handler().answer(call);
  }

  private void permit(ApiMethod method, Doorkeeper.Visitor visitor, Check.Caller caller) {
    if (visitor.user().isEmpty() && !"world".equals(method.check().export().get("user"))) {
      throw Refusal.permission("user != null");
    }
    if (!visitor.user().equals("root@pam")) {
      method.check().test(caller);
    }
  }

  private static Map<String, @Nullable Object> merge(
      Found found, Map<String, @Nullable Object> sent) {
    var params = new LinkedHashMap<String, @Nullable Object>(found.values());
    sent.forEach(
        (name, value) -> {
          var inPath = found.values().get(name);
          if (inPath != null && !inPath.equals(value)) {
            throw Refusal.parameter(
                name, "duplicate parameter (already defined in URI) with conflicting values!");
          }
          params.put(name, value);
        });
    return params;
  }

  /** A lone value counts as a list of one where the schema wants a list. */
  private static void asArrays(ApiMethod method, Map<String, @Nullable Object> params) {
    method
        .params()
        .forEach(
            (name, param) -> {
              if (param.isList() && params.get(name) instanceof String text && !text.isEmpty()) {
                params.put(name, List.of(text));
              }
            });
  }

  private @Nullable CallFault takeFault(String verb, String path) {
    for (var fault : faults) {
      if (fault.hits(verb, path)) {
        faults.remove(fault);
        return fault;
      }
    }
    return null;
  }

  private SimAnswer file(String text, SimRequest request) {
    var headers = headers(200, request);
    var answer = new SimAnswer(200, "OK", headers, null, text);
    headers.put("Content-Length", String.valueOf(answer.bytes().length));
    headers.put("Content-Type", "application/javascript");
    return answer;
  }

  private SimAnswer error(Refusal refusal, Exchange exchange) {
    var json = JSON.createObjectNode();
    json.putNull("data");
    json.put("message", refusal.message());
    if (!refusal.errors().isEmpty()) {
      var errors = json.putObject("errors");
      refusal.errors().forEach(errors::put);
    }
    if (exchange.isExtjs()) {
      json.put("status", refusal.status());
      json.put("success", 0);
      return withBody(200, "OK", json, exchange.request());
    }
    if (refusal.message().contains("\r")) {
      var broken = empty(400, "Bad Request", exchange.request()); // it fits on no status line
      broken.headers().put("Content-Type", "application/json;charset=UTF-8");
      return broken;
    }
    var reason = refusal.message().lines().findFirst().orElse("");
    return withBody(refusal.status(), reason, json, exchange.request());
  }

  private SimAnswer empty(int status, String reason, SimRequest request) {
    return new SimAnswer(status, reason, headers(status, request), null, null);
  }

  private SimAnswer withBody(int status, String reason, ObjectNode body, SimRequest request) {
    var headers = headers(status, request);
    var answer = new SimAnswer(status, reason, headers, body, null);
    headers.put("Content-Length", String.valueOf(answer.bytes().length));
    headers.put("Content-Type", "application/json;charset=UTF-8");
    return answer;
  }

  private Map<String, String> headers(int status, SimRequest request) {
    var now = HTTP_DATE.format(world.clock().now().atOffset(ZoneOffset.UTC));
    var wanted = request.header("Connection");
    boolean closes = status >= 400 || "close".equalsIgnoreCase(wanted == null ? "" : wanted);
    var headers = new LinkedHashMap<String, String>();
    headers.put("Cache-Control", "max-age=0");
    headers.put("Connection", closes ? "close" : "Keep-Alive");
    headers.put("Date", now);
    headers.put("Pragma", "no-cache");
    headers.put("Server", "pve-api-daemon/3.0");
    headers.put("Expires", now);
    return headers;
  }
}
