package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.NetFormat;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.AnyGuest;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import java.util.function.BiConsumer;

/**
 * Starting, stopping and what lies between. Most of what can go wrong goes wrong in the task: a VM
 * that is missing, locked or a template answers with the UPID of a task that fails.
 */
final class PowerVm {
  private static final String POWERDOWN_FAILED = "VM quit/powerdown failed - got timeout";

  private PowerVm() {}

  private static Object fork(Call call, String type, BiConsumer<Vm, TaskRun> work) {
    var vmid = call.params().integer("vmid");
    AnyGuest.checkSkipLock(call);
    return GuestKind.VM.fork(
        call, type, task -> work.accept(Vm.load(call.world(), call.node(), vmid), task));
  }

  private static Vm running(Call call) {
    var vm = Vm.load(call.world(), call.node(), call.params().integer("vmid"));
    if (!vm.isRunning()) {
      throw Refusal.die("VM " + vm.vmid() + " not running");
    }
    return vm;
  }

  private static void checkLock(Call call, Vm vm) {
    if (!call.params().flag("skiplock")) {
      vm.checkLock();
    }
  }

  static Object start(Call call) {
    return fork(
        call,
        "qmstart",
        (vm, task) -> {
          checkTemplate(vm);
          checkLock(call, vm);
          start(vm, task);
        });
  }

  private static void checkTemplate(Vm vm) {
    if (vm.isTemplate()) {
      throw Refusal.die("you can't start a vm if it's a template");
    }
  }

  /** Makes the VM run, with all that was pending. */
  static void start(Vm vm, TaskRun task) {
    checkTemplate(vm);
    if (vm.isRunning()) {
      throw Refusal.die("VM " + vm.vmid() + " already running");
    }
    applyPending(vm);
    checkDisks(vm);
    if (vm.drives().stream().anyMatch(Drive::isCloudInit)) {
      task.log("generating cloud-init ISO");
      CloudInitChanges.forget(vm);
    }
    checkBridges(vm, task);
    task.work();
    var state = vm.state();
    state.put("status", "running");
    state.put("qmpstatus", "running");
    state.put("pid", String.valueOf(vm.world().tasks().nextPid()));
    state.put("started", String.valueOf(vm.world().now()));
    Installation.begin(vm);
  }

  /** Whoever starts or stops a VM makes what is pending hold, with the node's own rights. */
  private static void applyPending(Vm vm) {
    new PendingChanges(vm, vm.world().rightsOf("root@pam"), line -> {}).apply();
  }

  private static void checkDisks(Vm vm) {
    var disks = new Disks(vm.world(), vm.node(), line -> {});
    var volumes = vm.drives().stream().flatMap(drive -> drive.volume().stream()).toList();
    volumes.forEach(id -> disks.storage(id.storage())); // storages are made ready before volumes
    volumes.forEach(disks::get);
  }

  private static void checkBridges(Vm vm, TaskRun task) {
    for (var key : vm.config().keySet()) {
      if (!key.matches("net\\d+")) {
        continue;
      }
      var card = NetFormat.NET.parse(vm.config().getOrDefault(key, ""));
      var bridge = card.get("bridge").orElse(null);
      if (bridge != null && !vm.world().node(vm.node()).hasBridge(bridge)) {
        task.log("bridge '" + bridge + "' does not exist");
        task.log(
            "kvm: -netdev type=tap,id="
                + key
                + ",ifname=tap"
                + vm.vmid()
                + "i"
                + key.substring("net".length())
                + ",script=/var/lib/qemu-server/pve-bridge,downscript=/var/lib/qemu-server/"
                + "pve-bridgedown: network script /var/lib/qemu-server/pve-bridge failed with"
                + " status 512");
        throw Refusal.die("start failed: QEMU exited with code 1");
      }
    }
  }

  static Object stop(Call call) {
    return fork(
        call,
        "qmstop",
        (vm, task) -> {
          if (vm.isRunning()) {
            checkLock(call, vm);
            halt(vm);
          }
        });
  }

  /** Makes the VM not run any more, and what is pending hold. */
  static void halt(Vm vm) {
    var state = vm.state();
    state.put("status", "stopped");
    state.keySet().removeAll(java.util.List.of("qmpstatus", "pid", "started"));
    GuestAgent.forgetProcesses(vm);
    Installation.forget(vm);
    applyPending(vm);
  }

  static Object shutdown(Call call) {
    var vmid = call.params().integer("vmid");
    var force = call.params().flag("forceStop");
    var isPaused =
        call.world()
            .guest(Guest.VM, call.node(), vmid)
            .map(guest -> Vm.of(call.world(), guest))
            .filter(Vm::isPaused)
            .isPresent();
    if (isPaused && !force) {
      throw Refusal.die("VM is paused - cannot shutdown");
    }
    return fork(
        call,
        "qmshutdown",
        (vm, task) -> {
          if (vm.isRunning()) {
            checkLock(call, vm);
            powerDown(vm, task, force);
          }
        });
  }

  /** Asks the guest to go down; one without a system, or one that is paused, never hears it. */
  private static void powerDown(Vm vm, TaskRun task, boolean force) {
    var system = GuestSystem.of(vm);
    if (VmStatus.hasAgent(vm.config()) && !GuestSystem.agentAnswers(vm)) {
      task.log(
          "QEMU Guest Agent is not running - VM "
              + vm.vmid()
              + " qmp command 'guest-ping' failed - got timeout");
    }
    task.work();
    var hears =
        system.isPresent()
            && !vm.isPaused()
            && (GuestSystem.agentAnswers(vm) || !"0".equals(vm.get("acpi")));
    if (!hears && !force) {
      throw Refusal.die(POWERDOWN_FAILED);
    }
    if (!hears) {
      task.log("VM still running - terminating now with SIGTERM");
    }
    halt(vm);
  }

  static Object reboot(Call call) {
    running(call);
    return fork(
        call,
        "qmreboot",
        (vm, task) -> {
          vm.checkLock();
          powerDown(vm, task, false);
          start(vm, task);
        });
  }

  static Object reset(Call call) {
    running(call);
    return fork(
        call,
        "qmreset",
        (vm, task) -> {
          checkLock(call, vm);
          vm.state().put("qmpstatus", "running");
          Installation.begin(vm);
        });
  }

  static Object suspend(Call call) {
    running(call);
    if (call.params().flag("todisk")) {
      throw Refusal.of(501, "Suspending a VM to disk is not simulated");
    }
    return fork(
        call,
        "qmpause",
        (vm, task) -> {
          checkLock(call, vm);
          vm.state().put("qmpstatus", "paused");
        });
  }

  static Object resume(Call call) {
    running(call);
    return fork(
        call,
        "qmresume",
        (vm, task) -> {
          checkLock(call, vm);
          vm.state().put("qmpstatus", "running");
        });
  }
}
