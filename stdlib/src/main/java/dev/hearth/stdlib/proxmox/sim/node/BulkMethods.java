package dev.hearth.stdlib.proxmox.sim.node;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.ManyGuests;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All guests of a node at once, and the node itself: starting, stopping, moving away, waking. */
final class BulkMethods {
  private static final int FIRST_WITH_OTHER_SPELLING = 9;
  private static final Param VMS = Param.optional(formatted(Formats.VMID.list()));

  private final int major;

  private BulkMethods(int major) {
    this.major = major;
  }

  static List<ApiMethod> of(int major) {
    return new BulkMethods(major).all();
  }

  private List<ApiMethod> all() {
    var start =
        bulk("startall")
            .param("force", Param.optional(bool()))
            .answers(call -> each(call, "startall", "VM.PowerMgmt", BulkMethods::start));
    var stop =
        bulk("stopall")
            .param("force-stop", Param.optional(bool().orElse("1")))
            .param("timeout", Param.optional(integer().min(0).max(7200).orElse("180")))
            .answers(call -> each(call, "stopall", "VM.PowerMgmt", BulkMethods::stop));
    var suspend =
        bulk("suspendall")
            .answers(call -> each(call, "suspendall", "VM.PowerMgmt", BulkMethods::suspend));
    var migrate =
        bulk("migrateall")
            .param("target", Param.of(formatted(Formats.NODE)))
            .param("maxworkers", Param.optional(integer().min(1)))
            .param("with-local-disks", Param.optional(bool()))
            .answers(BulkMethods::migrateAll);
    var methods = new ArrayList<>(List.of(start, stop, migrate));
    if (major >= 8) {
      methods.add(suspend);
    }
    if (major >= FIRST_WITH_OTHER_SPELLING) {
      methods.forEach(
          method -> method.param("max-workers", Param.optional(integer().min(1).max(64))));
    }
    methods.add(
        OneNode.method("POST", "status", "node_cmd", Check.perm("/nodes/{node}", "Sys.PowerMgmt"))
            .param("command", Param.of(oneOf("reboot", "shutdown")))
            .answers(BulkMethods::command));
    methods.add(
        OneNode.method(
                "POST", "wakeonlan", "wakeonlan", Check.perm("/nodes/{node}", "Sys.PowerMgmt"))
            .answers(BulkMethods::wake));
    return methods;
  }

  private static ApiMethod bulk(String name) {
    return OneNode.method("POST", name, name, Check.anyUser()).task().param("vms", VMS);
  }

  /** What is done to one guest of many. */
  private interface Deed {
    void on(Call call, Guest guest, TaskRun task);
  }

  private static Object each(Call call, String type, String privilege, Deed deed) {
    ManyGuests.check(call, privilege);
    return call.fork(
        type,
        "",
        task -> {
          for (var guest : chosen(call)) {
            deed.on(call, guest, task);
          }
        });
  }

  private static List<Guest> chosen(Call call) {
    return ManyGuests.of(call).stream()
        .filter(guest -> guest.node().equals(call.node()))
        .filter(guest -> !"1".equals(guest.config().get("template")))
        .toList();
  }

  private static void start(Call call, Guest guest, TaskRun task) {
    boolean isMeant =
        call.params().flag("force")
            || call.params().has("vms")
            || "1".equals(guest.config().get("onboot"));
    if (!guest.isRunning() && isMeant) {
      task.log("Starting " + guest.title());
      act(call, guest, "/status/start", Map.of(), task);
    }
  }

  private static void stop(Call call, Guest guest, TaskRun task) {
    if (!guest.isRunning()) {
      return;
    }
    var timeout = call.params().text("timeout", "180");
    task.log("Stopping " + guest.title() + " (timeout = " + timeout + " seconds)");
    var force = call.params().flag("force-stop", true) ? "1" : "0";
    act(call, guest, "/status/shutdown", Map.of("timeout", timeout, "forceStop", force), task);
  }

  private static void suspend(Call call, Guest guest, TaskRun task) {
    if (guest.isRunning() && !guest.isContainer()) {
      task.log("Suspending " + guest.title());
      act(call, guest, "/status/suspend", Map.of(), task);
    }
  }

  /** A guest that cannot is told, and the others go on. */
  private static void act(
      Call call, Guest guest, String verb, Map<String, String> params, TaskRun task) {
    try {
      call.await(call.inner("POST", guest.path() + verb, params), task);
    } catch (Refusal e) {
      task.warn(guest.title() + ": " + e.text());
    }
  }

  private static Object migrateAll(Call call) {
    var target = call.params().text("target");
    if (target.equals(call.node())) {
      throw Refusal.parameter("target", "target is local node.");
    }
    ManyGuests.check(call, "VM.Migrate");
    if (!call.world().nodes().containsKey(target)) {
      throw Refusal.die("no such cluster node '" + target + "'");
    }
    return call.fork(
        "migrateall",
        "",
        task -> {
          for (var guest : chosen(call)) {
            task.log("Migrating " + guest.title());
            migrate(call, guest, target, task);
          }
        });
  }

  private static void migrate(Call call, Guest guest, String target, TaskRun task) {
    boolean withDisks = call.params().flag("with-local-disks");
    var running = guest.isContainer() ? "restart" : "online";
    var params = new TreeMap<>(Map.of("target", target));
    if (guest.isRunning()) {
      params.put(running, "1");
    }
    if (withDisks && !guest.isContainer()) {
      params.put("with-local-disks", "1");
    }
    act(call, guest, "/migrate", params, task);
  }

  /** A node that is shut down takes its guests down; one that is rebooted comes back at once. */
  private static @Nullable Object command(Call call) {
    call.world().stopGuests(call.node());
    if (call.params().text("command").equals("shutdown")) {
      call.world().setOnline(call.node(), false);
    } else {
      call.world().nodeFacts(call.node(), "power").put("boot", "" + call.world().now());
    }
    return null;
  }

  private static Object wake(Call call) {
    var node = call.node();
    if (node.equals(call.world().entry())) {
      throw Refusal.die("'" + node + "' is local node, cannot wake my self!");
    }
    var mac = call.world().nodeFacts(node, "config").getOrDefault("wakeonlan", "");
    if (mac.isEmpty()) {
      throw Refusal.die("No wake on LAN MAC address defined for '" + node + "'!");
    }
    call.world().setOnline(node, true);
    return mac.replaceFirst("^mac=", "").split(",", 2)[0];
  }
}
