package dev.hearth.stdlib.proxmox.sim.cluster;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.ManyGuests;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code /cluster/bulk-action/guest}: many guests at once, wherever they are. */
final class GuestActions {
  private static final String ALL = "/cluster/bulk-action/guest";
  private static final Param VMS = Param.list(Standard.VMID.type());

  private GuestActions() {}

  /** What is done to each, and how it is told. */
  private enum Action {
    START("Starting", "to start: ", "VM.PowerMgmt"),
    SHUTDOWN("Shutting down", "to shutdown ", "VM.PowerMgmt"),
    SUSPEND("Suspending", "to suspend ", "VM.PowerMgmt"),
    MIGRATE("Migrating", "to migrate ", "VM.Migrate");

    private final String doing;
    private final String done;
    private final String privilege;

    /**
     * @param doing such as {@code Starting}
     * @param done such as {@code to start: }
     * @param privilege that the caller needs for each
     */
    Action(String doing, String done, String privilege) {
      this.doing = doing;
      this.done = done;
      this.privilege = privilege;
    }

    private String type() {
      return "bulk-" + name().toLowerCase(Locale.ROOT);
    }

    /** Who started first stops last. */
    private boolean isStopping() {
      return this == SHUTDOWN || this == SUSPEND;
    }

    /** Templates can be elsewhere, but they do not run. */
    private boolean concerns(Guest guest) {
      return this == MIGRATE || !"1".equals(guest.config().get("template"));
    }
  }

  /** Begins a task for one guest; nothing if none is needed, of which the log is told. */
  private interface Deed {
    Optional<Object> on(Call call, Guest guest, TaskRun task);
  }

  static List<ApiMethod> all() {
    return List.of(
        ApiMethod.get("/cluster/bulk-action")
            .name("index")
            .allow(Check.anyUser())
            .answers(_ -> Directories.named("guest")),
        ApiMethod.get(ALL)
            .name("index")
            .allow(Check.anyUser())
            .answers(_ -> Directories.named("start", "shutdown", "migrate", "suspend")),
        method("start", "4")
            .param("timeout", Param.optional(integer()))
            .answers(call -> each(call, Action.START, GuestActions::start)),
        method("shutdown", "4")
            .param("force-stop", Param.optional(bool().orElse("1")))
            .param("timeout", Param.optional(integer().orElse("180")))
            .answers(call -> each(call, Action.SHUTDOWN, GuestActions::shutDown)),
        method("suspend", "4")
            .param(
                "statestorage", Param.optional(formatted(Formats.STORAGE_ID)).requires("to-disk"))
            .param("to-disk", Param.optional(bool().orElse("0")))
            .answers(
                call -> {
                  checkDisks(call);
                  return each(call, Action.SUSPEND, GuestActions::suspend);
                }),
        method("migrate", "1")
            .param("target", Param.of(formatted(Formats.NODE)))
            .param("online", Param.optional(bool()))
            .param("with-local-disks", Param.optional(bool()))
            .answers(call -> each(call, Action.MIGRATE, GuestActions::migrate)));
  }

  private static ApiMethod method(String name, String workers) {
    var many = Param.optional(integer().min(1).max(64).orElse(workers));
    return ApiMethod.post(ALL + "/" + name)
        .name(name)
        .allow(Check.anyUser())
        .param("vms", VMS)
        .param("max-workers", many)
        .param("maxworkers", many)
        .task();
  }

  private static void checkDisks(Call call) {
    if (call.params().flag("to-disk")) {
      ManyGuests.check(call, "VM.Config.Disk");
      var storage = call.params().find("statestorage");
      if (storage != null) {
        call.rights().check("/storage/" + storage, "Datastore.AllocateSpace");
      }
    }
  }

  private static Object each(Call call, Action action, Deed deed) {
    ManyGuests.check(call, action.privilege);
    var named = call.params().array("vms");
    return call.forkHere(
        action.type(),
        "",
        task -> {
          var target = call.params().has("target") ? " to " + call.params().text("target") : "";
          task.log(
              named.isEmpty()
                  ? action.doing + " all guests" + target
                  : action.doing + " guests" + target + ": " + String.join(", ", named));
          var failed = new ArrayList<String>();
          for (var guest : chosen(call, action)) {
            try {
              deed.on(call, guest, task).ifPresent(upid -> call.await(upid, task));
            } catch (Refusal e) {
              var doing = action.isStopping() ? "Stopping" : action.doing;
              task.warn(doing + " " + guest.title() + " failed: " + e.text());
              failed.add(String.valueOf(guest.vmid()));
            }
          }
          if (!failed.isEmpty()) {
            throw Refusal.die("Some guests failed " + action.done + String.join(", ", failed));
          }
        });
  }

  private static List<Guest> chosen(Call call, Action action) {
    var chosen = ManyGuests.of(call).stream().filter(action::concerns).toList();
    return action.isStopping() ? chosen.reversed() : chosen;
  }

  private static Optional<Object> skip(TaskRun task, String why) {
    task.warn(why);
    return Optional.empty();
  }

  private static Optional<Object> act(
      Call call, Guest guest, String verb, Map<String, String> params) {
    return Optional.ofNullable(call.inner("POST", guest.path() + "/" + verb, params));
  }

  private static Optional<Object> start(Call call, Guest guest, TaskRun task) {
    if (guest.isRunning()) {
      return skip(task, "Skipping " + guest.title() + ", already running.");
    }
    task.log("Starting " + guest.title());
    var timeout = call.params().find("timeout");
    return act(
        call,
        guest,
        "status/start",
        timeout == null || guest.isContainer() ? Map.of() : Map.of("timeout", timeout));
  }

  private static Optional<Object> shutDown(Call call, Guest guest, TaskRun task) {
    if (!guest.isRunning()) {
      return skip(task, "Skipping " + guest.title() + ", not running.");
    }
    var timeout = call.params().text("timeout", "180");
    task.log("Shutting down %s (Timeout = %s seconds)".formatted(guest.title(), timeout));
    var force = call.params().flag("force-stop", true) ? "1" : "0";
    return act(call, guest, "status/shutdown", Map.of("forceStop", force, "timeout", timeout));
  }

  private static Optional<Object> suspend(Call call, Guest guest, TaskRun task) {
    if (guest.isContainer()) {
      return skip(task, "skipping " + guest.vmid() + ", only VMs can be suspended");
    }
    if (!guest.isRunning()) {
      return skip(task, "Skipping VM " + guest.vmid() + ", not running.");
    }
    task.log("Suspending VM " + guest.vmid());
    var params = new LinkedHashMap<String, String>();
    params.put("todisk", call.params().flag("to-disk") ? "1" : "0");
    var storage = call.params().find("statestorage");
    if (storage != null) {
      params.put("statestorage", storage);
    }
    return act(call, guest, "status/suspend", params);
  }

  private static Optional<Object> migrate(Call call, Guest guest, TaskRun task) {
    var target = call.params().text("target");
    if (guest.node().equals(target)) {
      return skip(task, guest.title() + " already on " + target + ", skipping.");
    }
    var params = new LinkedHashMap<String, String>();
    params.put("target", target);
    var online = call.params().find("online");
    if (online != null) {
      params.put(guest.isContainer() ? "restart" : "online", online);
    }
    var disks = call.params().find("with-local-disks");
    if (disks != null && !guest.isContainer()) {
      params.put("with-local-disks", disks);
    }
    task.log("Migrating " + guest.title());
    return act(call, guest, "migrate", params);
  }
}
