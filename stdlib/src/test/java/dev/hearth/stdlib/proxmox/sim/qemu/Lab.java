package dev.hearth.stdlib.proxmox.sim.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import dev.hearth.stdlib.proxmox.sim.api.SimAnswer;
import dev.hearth.stdlib.proxmox.sim.api.SimRequest;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A simulated Proxmox with a few storages and users, and short ways to call it: parameters are
 * written as {@code key=value} strings, and a task that an answer names is waited for.
 */
final class Lab {
  static final String ROOT = "root@pam";
  static final String ADMIN = "deploy@pve!ci";
  static final String AUDITOR = "reader@pve!ro";
  static final String NOBODY = "nobody@pve!none";

  private static final long GIB = 1L << 30;
  private static final String SECRET = "00000000-0000-4000-8000-000000000000";

  /** How often a task is looked at before a test gives up: two seconds. */
  private static final int PATIENCE = 2_000;

  final ProxmoxSimulator simulator;
  private final String user;
  private final String node;

  private final String type;

  private Lab(ProxmoxSimulator simulator, String user, String node, String type) {
    this.simulator = simulator;
    this.user = user;
    this.node = node;
    this.type = type;
  }

  /** A Proxmox VE 8 with node {@code pve}. */
  static Lab open() {
    return open(8, "pve");
  }

  static Lab open(int major, String node) {
    var world =
        WorldBuilder.of(Clock.system(), major)
            .node(node)
            .folderStorage(
                "local",
                "/var/lib/vz",
                "iso",
                "vztmpl",
                "images",
                "rootdir",
                "import",
                "snippets",
                "backup")
            .folderStorage("local2", "/var/lib/vz/pool2", "images", "rootdir")
            .thinStorage("local-lvm", "pve", "data")
            .pool("labpool")
            .user("deploy@pve", "secret", "Administrator")
            .token("deploy@pve", "ci", SECRET)
            .user("reader@pve", "secret", "PVEAuditor")
            .token("reader@pve", "ro", SECRET)
            .user("nobody@pve", "secret")
            .token("nobody@pve", "none", SECRET)
            .file("local:import/cloud.qcow2", 196_624, GIB)
            .file("local:import/cloud.raw", 256L << 20, 256L << 20)
            .file("local:import/debian-12-genericcloud-amd64.qcow2", 400L << 20, 3 * GIB)
            .file("local:vztmpl/alpine-3.19_3.19.0_amd64.tar.zst", 1_078_455, 2_017_280)
            .file("local:iso/rt.iso", 74_240, 74_240)
            .file("local:snippets/hook.pl", 10, 10)
            .build();
    world.lock().holding(() -> world.tasks().delay(Duration.ZERO));
    return new Lab(new ProxmoxSimulator(world, ImageSource.none()), ADMIN, node, "qemu");
  }

  /** The same world for another caller. */
  Lab as(String other) {
    return new Lab(simulator, other, node, type);
  }

  /** The same world, called below {@code /nodes/NODE/lxc}. */
  Lab containers() {
    return new Lab(simulator, user, node, "lxc");
  }

  Lab get(String path, String... params) {
    call("GET", path, params);
    return this;
  }

  /**
   * Calls a method below {@code /nodes/NODE/qemu} (or its like for containers) and waits for its
   * task.
   */
  Outcome call(String verb, String path, String... params) {
    var form = new LinkedHashMap<String, String>();
    for (var param : params) {
      var equals = param.indexOf('=');
      form.put(param.substring(0, equals), param.substring(equals + 1));
    }
    return call(verb, path, form);
  }

  Outcome call(String verb, String path, Map<String, String> params) {
    var form =
        params.entrySet().stream()
            .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
            .collect(Collectors.joining("&"));
    var target = "/api2/json/nodes/" + node + "/" + type + path;
    var inBody = verb.equals("POST") || verb.equals("PUT");
    var request =
        inBody
            ? SimRequest.form(verb, target, headers(), form)
            : SimRequest.of(verb, form.isEmpty() ? target : target + "?" + form, headers());
    return new Outcome(answer(request));
  }

  SimAnswer answer(SimRequest request) {
    try {
      return simulator.answer(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, String> headers() {
    if (user.contains("!")) {
      return Map.of("Authorization", "PVEAPIToken=" + user + "=" + SECRET);
    }
    var tickets = simulator.world().tickets();
    return simulator
        .world()
        .lock()
        .holding(
            () ->
                Map.of(
                    "Cookie",
                    "PVEAuthCookie=" + encoded(tickets.issue(user)),
                    "CSRFPreventionToken",
                    tickets.csrf(user)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A VM's configuration as it will be after the next start. */
  JsonNode config(int vmid) {
    return call("GET", "/" + vmid + "/config").data();
  }

  String config(int vmid, String key) {
    return config(vmid).path(key).asText("(absent)");
  }

  /** What a call led to. */
  final class Outcome {
    private final SimAnswer answer;

    Outcome(SimAnswer answer) {
      this.answer = answer;
    }

    int status() {
      return answer.status();
    }

    String reason() {
      return answer.reason();
    }

    JsonNode body() {
      return answer.body() == null ? MissingNode.getInstance() : answer.body();
    }

    JsonNode data() {
      return body().path("data");
    }

    /** What is wrong with a parameter. */
    String error(String parameter) {
      return body().path("errors").path(parameter).asText("");
    }

    /** The status and what was said with it; for a task how it ended. */
    String said() {
      if (status() != 200) {
        return status() + " " + reason();
      }
      var upid = data().asText();
      return upid.startsWith("UPID:") ? "task: " + exit() : "200 OK";
    }

    /** How the task ended. */
    String exit() {
      var task = task();
      return simulator.world().lock().holding(() -> String.valueOf(task.exitStatus()));
    }

    /** The lines that the task wrote. */
    java.util.List<String> log() {
      var task = task();
      return simulator.world().lock().holding(task::log);
    }

    private dev.hearth.stdlib.proxmox.sim.task.Task task() {
      var world = simulator.world();
      var task = world.lock().holding(() -> world.tasks().find(data().asText())).orElseThrow();
      for (var i = 0; i < PATIENCE && world.lock().holding(task::isRunning); i++) {
        LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
      }
      return task;
    }
  }
}
