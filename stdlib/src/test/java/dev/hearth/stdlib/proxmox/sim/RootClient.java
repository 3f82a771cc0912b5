package dev.hearth.stdlib.proxmox.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.stdlib.proxmox.sim.api.SimAnswer;
import dev.hearth.stdlib.proxmox.sim.api.SimRequest;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Root at a simulated Proxmox: what it answers, in one line each. */
public final class RootClient implements AutoCloseable {
  private final ProxmoxSimulator simulator;

  public RootClient(World world) {
    this(new ProxmoxSimulator(world, ImageSource.none()));
  }

  /** At a simulator that somebody else closes, too. */
  RootClient(ProxmoxSimulator simulator) {
    this.simulator = simulator;
  }

  /** At a fresh one of this major version. */
  public static RootClient ofVersion(int major) {
    return new RootClient(WorldBuilder.standard(new SteppedClock(), major).build());
  }

  public World world() {
    return simulator.world();
  }

  /** Lets time pass, if the world's clock is a stepped one. */
  public void pass(Duration duration) {
    if (world().clock() instanceof SteppedClock clock) {
      clock.pass(duration);
    }
  }

  /** Waits until the last task that began has ended. */
  public void awaitLastTask() {
    var tasks = world().lock().holding(() -> world().tasks().all());
    if (!tasks.isEmpty()) {
      await(tasks.getLast().upid().toString());
    }
  }

  public ProxmoxSimulator simulator() {
    return simulator;
  }

  /** What reading a path answers. */
  public JsonNode get(String path) {
    return done("GET", path);
  }

  /**
   * What a change answers, after the task that it may begin.
   *
   * @param params written as {@code key=value}, not encoded
   */
  public JsonNode done(String method, String path, String... params) {
    var answer = answer(method, path, params);
    var body = answer.body();
    if (answer.status() != 200 || body == null) {
      throw new AssertionError(method + " " + path + " answered " + told(answer));
    }
    var data = body.path("data");
    if (data.asText("").startsWith("UPID:")) {
      await(data.asText());
    }
    return data;
  }

  /** The same, where nobody knows yet whether it is; the task of one that is not has ended. */
  public Optional<String> refusal(String method, String path, String... params) {
    var answer = answer(method, path, params);
    if (answer.status() != 200 || answer.body() == null) {
      return Optional.of(told(answer));
    }
    var data = answer.body().path("data").asText("");
    if (data.startsWith("UPID:")) {
      await(data);
    }
    return Optional.empty();
  }

  /** How a change is refused: status, reason and what is wrong with which parameter. */
  public String refused(String method, String path, String... params) {
    var answer = answer(method, path, params);
    if (answer.status() == 200) {
      throw new AssertionError(method + " " + path + " answered " + answer.body());
    }
    return told(answer);
  }

  /** How the task of a change ends. */
  public String ended(String method, String path, String... params) {
    var upid = done(method, path, params).asText();
    var status = get("/nodes/" + upid.split(":", -1)[1] + "/tasks/" + encode(upid) + "/status");
    return status.path("exitstatus").asText();
  }

  /** The log of a task, line by line. */
  public String log(String upid) {
    var lines = get("/nodes/" + upid.split(":", -1)[1] + "/tasks/" + encode(upid) + "/log?limit=0");
    return Stream.iterate(0, at -> at < lines.size(), at -> at + 1)
        .map(at -> lines.get(at).path("t").asText())
        .collect(Collectors.joining("\n"));
  }

  private static String told(SimAnswer answer) {
    var body = answer.body();
    var errors = body == null ? "" : body.path("errors").toString();
    return answer.status() + " " + answer.reason() + (errors.isEmpty() ? "" : " " + errors);
  }

  /** All that is answered. */
  public SimAnswer answer(String method, String path, String... params) {
    var form =
        Stream.of(params)
            .map(param -> param.split("=", 2))
            .map(pair -> pair[0] + "=" + encode(pair[1]))
            .collect(Collectors.joining("&"));
    try {
      var target = "/api2/json" + path;
      return simulator.answer(
          form.isEmpty()
              ? SimRequest.of(method, target, headers())
              : SimRequest.form(method, target, headers(), form));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a task has ended. */
  void await(String upid) {
    try {
      simulator.awaitTask(upid);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while " + upid + " ran", e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private Map<String, String> headers() {
    return world()
        .lock()
        .holding(
            () ->
                Map.of(
                    "Cookie",
                    "PVEAuthCookie=" + encode(world().tickets().issue("root@pam")),
                    "CSRFPreventionToken",
                    world().tickets().csrf("root@pam")));
  }

  @Override
  public void close() {
    simulator.close();
  }
}
