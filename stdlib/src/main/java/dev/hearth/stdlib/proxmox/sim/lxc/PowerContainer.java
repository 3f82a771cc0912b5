package dev.hearth.stdlib.proxmox.sim.lxc;

import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.AnyGuest;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.List;
import java.util.function.BiConsumer;

/** Starting, stopping and what lies between. */
final class PowerContainer {
  private PowerContainer() {}

  private static Object fork(Call call, String type, BiConsumer<Container, TaskRun> work) {
    var vmid = call.params().integer("vmid");
    return GuestKind.CONTAINER.fork(
        call, type, task -> work.accept(Container.load(call.world(), call.node(), vmid), task));
  }

  private static void checkRunning(Call call, String title) {
    var vmid = call.params().integer("vmid");
    if (!Container.isRunning(call.world(), call.node(), vmid)) {
      throw Refusal.die(title + " " + vmid + " not running");
    }
  }

  private static void checkStopped(Call call) {
    var vmid = call.params().integer("vmid");
    if (Container.isRunning(call.world(), call.node(), vmid)) {
      throw Refusal.die("CT " + vmid + " already running");
    }
  }

  /** A lock of the kind {@code mounted} keeps nobody from starting or stopping. */
  private static void checkLock(Call call, Container ct) {
    if (!call.params().flag("skiplock") && !"mounted".equals(ct.get("lock"))) {
      ct.checkLock();
    }
  }

  static Object start(Call call) {
    AnyGuest.checkSkipLock(call);
    checkStopped(call);
    return fork(
        call,
        "vzstart",
        (ct, task) -> {
          checkTemplate(ct);
          checkLock(call, ct);
          start(ct, task);
        });
  }

  private static void checkTemplate(Container ct) {
    if (ct.isTemplate()) {
      throw Refusal.die("you can't start a CT if it's a template");
    }
  }

  /** Starts a container that was just made, if that was asked for. */
  static void startIfAsked(Call call, int vmid, TaskRun task) {
    if (call.params().flag("start")) {
      start(Container.load(call.world(), call.node(), vmid), task);
    }
  }

  /** Makes the container run, with all that was pending. */
  static void start(Container ct, TaskRun task) {
    checkTemplate(ct);
    new ContainerChanges(ct).apply(true);
    if (ct.isOn("unprivileged")) {
      ct.mountPoints().stream()
          .filter(mount -> mount.options().on("quota"))
          .findFirst()
          .ifPresent(
              mount -> {
                throw Refusal.die("Quotas are not supported by unprivileged containers.");
              });
    }
    ContainerChanges.checkBridges(ct);
    var disks = new Disks(ct.world(), ct.node(), line -> {});
    ct.mountPoints().forEach(mount -> ContainerDisks.mounted(mount, disks));
    task.work();
    ct.state().put("status", "running");
    ct.state().put("pid", String.valueOf(ct.world().tasks().nextPid()));
    ct.state().put("started", String.valueOf(ct.world().now()));
  }

  static Object stop(Call call) {
    AnyGuest.checkSkipLock(call);
    checkRunning(call, "CT");
    return fork(
        call,
        "vzstop",
        (ct, task) -> {
          checkLock(call, ct);
          halt(ct);
        });
  }

  /** Makes the container not run any more. */
  static void halt(Container ct) {
    ct.state().put("status", "stopped");
    ct.state().keySet().removeAll(List.of("pid", "started"));
  }

  static Object shutdown(Call call) {
    checkRunning(call, "CT");
    return fork(
        call,
        "vzshutdown",
        (ct, task) -> {
          ct.checkLock();
          task.work();
          halt(ct);
        });
  }

  static Object reboot(Call call) {
    checkRunning(call, "VM"); // so it calls them here
    return fork(
        call,
        "vzreboot",
        (ct, task) -> {
          task.work();
          halt(ct);
          start(ct, task);
        });
  }

  /** Proxmox offers it, but what it needs is installed on no node. */
  static Object suspend(Call call) {
    checkRunning(call, "CT");
    var vmid = call.params().integer("vmid");
    return fork(
        call,
        "vzsuspend",
        (ct, task) -> {
          ct.checkLock();
          task.log(
              "lxc-checkpoint: "
                  + vmid
                  + ": ../src/lxc/criu.c: criu_version_ok: 767 No such file or directory - execing"
                  + " criu failed, is it installed?");
          task.log(
              "lxc-checkpoint: "
                  + vmid
                  + ": ../src/lxc/tools/lxc_checkpoint.c: checkpoint: 182 Checkpointing "
                  + vmid
                  + " failed");
          throw Refusal.die(
              "command 'lxc-checkpoint -n "
                  + vmid
                  + " -s -D /var/lib/vz/dump' failed: exit code 1");
        });
  }

  /** Nothing can be suspended, so there is nothing to come back to. */
  static Object resume(Call call) {
    checkStopped(call);
    var vmid = call.params().integer("vmid");
    return call.fork(
        "vzresume",
        String.valueOf(vmid),
        task -> {
          throw Refusal.die(
              "command 'lxc-checkpoint -n "
                  + vmid
                  + " -r --foreground -D /var/lib/vz/dump' failed: exit code 1");
        });
  }
}
