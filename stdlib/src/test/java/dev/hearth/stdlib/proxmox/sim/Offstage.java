package dev.hearth.stdlib.proxmox.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hearth.stdlib.proxmox.sim.api.SimAnswer;
import dev.hearth.stdlib.proxmox.sim.api.SimRequest;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Does what was done to the recorded server without being recorded: by root's requests, which must
 * succeed, or by hand.
 */
final class Offstage {
  private final ProxmoxSimulator simulator;
  private final Replay replay;

  Offstage(ProxmoxSimulator simulator, Replay replay) {
    this.simulator = simulator;
    this.replay = replay;
  }

  JsonNode get(String path) {
    return request("GET", path);
  }

  /** Parameters are written as {@code key=value}, not encoded. A task that begins is waited for. */
  JsonNode post(String path, String... params) {
    return request("POST", path, params);
  }

  JsonNode put(String path, String... params) {
    return request("PUT", path, params);
  }

  JsonNode delete(String path) {
    return request("DELETE", path);
  }

  /** Waits for the tasks that still run. */
  void settle() {
    var world = simulator.world();
    world.lock().holding(() -> world.tasks().all()).stream()
        .map(task -> task.upid().toString())
        .forEach(this::await);
  }

  /** Changes the world by hand. */
  void byHand(Consumer<World> change) {
    var world = simulator.world();
    world.lock().holding(() -> change.accept(world));
  }

  /** Says which digest the recorded configuration had that has the one of {@code path} here. */
  void digest(String recorded, String path) {
    replay.learn(recorded, get(path).path("digest").asText());
  }

  private JsonNode request(String method, String path, String... params) {
    var answer = answer(method, path, params);
    var body = answer.body();
    if (answer.status() != 200 || body == null) {
      throw new AssertionError(
          "offstage: "
              + method
              + " "
              + path
              + " "
              + List.of(params)
              + " answered "
              + answer.status()
              + " "
              + answer.reason()
              + " "
              + body);
    }
    var data = body.path("data");
    if (data.asText("").startsWith("UPID:")) {
      await(data.asText());
    }
    return data.isMissingNode() ? MissingNode.getInstance() : data;
  }

  private SimAnswer answer(String method, String path, String... params) {
    var form =
        Stream.of(params)
            .map(param -> param.split("=", 2))
            .map(pair -> pair[0] + "=" + URLEncoder.encode(pair[1], UTF_8))
            .collect(Collectors.joining("&"));
    var target = "/api2/json" + path;
    try {
      return simulator.answer(
          form.isEmpty()
              ? SimRequest.of(method, target, headers())
              : SimRequest.form(method, target, headers(), form));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await(String upid) {
    try {
      simulator.awaitTask(upid);
    } catch (InterruptedException e) {
      throw new AssertionError("offstage: interrupted while " + upid + " ran", e);
    }
  }

  private Map<String, String> headers() {
    var world = simulator.world();
    return world
        .lock()
        .holding(
            () ->
                Map.of(
                    "Cookie",
                    "PVEAuthCookie=" + URLEncoder.encode(world.tickets().issue("root@pam"), UTF_8),
                    "CSRFPreventionToken",
                    world.tickets().csrf("root@pam")));
  }
}
