package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.config.NetFormat;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.storage.Storages.VolumeId;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code POST …/clone}: another VM like this one, full or linked. */
final class CloneVm {
  private static final Set<String> NOT_COPIED =
      Set.of("parent", "snaptime", "vmstate", "snapstate", "lock", "template", "runningmachine");

  private final Call call;
  private final int vmid;
  private final int newid;
  private final @Nullable String storage;
  private final @Nullable String format;
  private final @Nullable String snapshot;
  private final String target;

  private CloneVm(Call call) {
    this.call = call;
    this.vmid = call.params().integer("vmid");
    this.newid = call.params().integer("newid");
    this.storage = call.params().find("storage");
    this.format = call.params().find("format");
    this.snapshot = call.params().find("snapname");
    var wanted = call.params().text("target", call.node());
    this.target = wanted.equals("localhost") ? call.node() : wanted;
  }

  /** What the checks found out. */
  private record Plan(Vm source, Map<String, String> config, boolean isFull) {}

  static Object answer(Call call) {
    var clone = new CloneVm(call);
    clone.check();
    return call.fork(
        "qmclone",
        String.valueOf(clone.vmid),
        task -> {
          clone.work(task);
        });
  }

  private Plan check() {
    var world = call.world();
    var pool = call.params().find("pool");
    world.accounts().checkPool(pool);
    if (!world.nodes().containsKey(target)) {
      throw Refusal.die("no such cluster node '" + target + "'");
    }
    if (storage != null) {
      world.storages().at(call.node(), storage);
    }
    var vm =
        world
            .guest(Guest.VM, call.node(), vmid)
            .map(guest -> Vm.of(world, guest))
            .orElseThrow(
                () ->
                    Refusal.die(
                        "unable to find configuration file for VM "
                            + vmid
                            + " on node '"
                            + call.node()
                            + "'"));
    vm.checkLock();
    var config = snapshot == null ? vm.config() : vm.snapshot(snapshot);
    var isFull = call.params().flag("full", !vm.isTemplate());
    if (storage != null && !isFull) {
      throw Refusal.die("parameter 'storage' not allowed for linked clones");
    }
    if (format != null && !isFull) {
      throw Refusal.die("parameter 'format' not allowed for linked clones");
    }
    checkStorages(config);
    new OptionRights(world, call.rights(), newid, pool).bridges(config);
    if (world.guests().containsKey(newid)) {
      throw Refusal.die("unable to create VM " + newid + ": config file already exists");
    }
    var plan = new Plan(vm, config, isFull);
    checkFeatures(plan);
    return plan;
  }

  private void checkStorages(Map<String, String> config) {
    var isShared = true;
    for (var drive : Drive.all(config)) {
      var id = drive.volume().orElse(null);
      if (id == null) {
        continue;
      }
      isShared &= call.world().storages().config(id.storage()).isShared();
      if (!drive.isCdrom()) {
        var where = storage == null ? id.storage() : storage;
        call.rights().check("/storage/" + where, "Datastore.AllocateSpace");
      }
    }
    if (!target.equals(call.node()) && !isShared) {
      throw Refusal.die("can't clone VM to node '" + target + "' (VM uses local storage)");
    }
  }

  private void checkFeatures(Plan plan) {
    var disks = new Disks(call.world(), call.node(), line -> {});
    var running = plan.source().isRunning() && snapshot == null;
    for (var drive : copied(plan.config())) {
      if (drive.key().equals("tpmstate0") && plan.isFull() && running) {
        throw Refusal.die("cannot clone TPM state while VM is running");
      }
      var id = drive.volume().orElseThrow();
      var full = plan.isFull() || drive.isCloudInit();
      var ofSnapshot = snapshot != null && !drive.isCloudInit();
      if (!disks.can(full ? "copy" : "clone", id, ofSnapshot)) {
        throw Refusal.die(
            (full ? "Full" : "Linked")
                + " clone feature is not supported for "
                + (ofSnapshot ? "a snapshot of " : "")
                + "'"
                + id
                + "' ("
                + drive.key()
                + ")");
      }
    }
  }

  /** The drives that get volumes of their own, in the order in which Proxmox takes them. */
  private static List<Drive> copied(Map<String, String> config) {
    var drives = new ArrayList<Drive>();
    for (var key : new TreeMap<>(config).keySet()) {
      if (DriveKeys.isDrive(key)) {
        var drive = Drive.parse(key, config.getOrDefault(key, ""));
        if (!drive.isRealCdrom() && drive.volume().isPresent()) {
          drives.add(drive);
        }
      }
    }
    return drives;
  }

  private void work(TaskRun task) {
    var plan = check();
    var world = call.world();
    var guest = GuestKind.VM.reserve(world, target, newid, "clone");
    var made = new ArrayList<VolumeId>();
    try {
      var config = newConfig(plan);
      copyDrives(plan, config, made, task);
      guest.config().clear();
      guest.config().putAll(config);
      GuestSystem.copy(plan.source().state(), guest.state());
    } catch (Refusal e) {
      world.guests().remove(newid);
      var disks = new Disks(world, call.node(), task::log);
      made.forEach(disks::free);
      throw Refusal.die("clone failed: " + e.text());
    }
    var pool = call.params().find("pool");
    if (pool != null) {
      world.accounts().addToPool(newid, pool);
    }
  }

  private void copyDrives(
      Plan plan, Map<String, String> config, List<VolumeId> made, TaskRun task) {
    var disks = new Disks(call.world(), call.node(), task::log);
    var isLive = plan.source().isRunning() && snapshot == null;
    var mirrored = new ArrayList<String>();
    for (var drive : copied(plan.config())) {
      Drive copy;
      if (plan.isFull() || drive.isCloudInit()) {
        copy =
            new CopyDrive(plan.source(), newid, storage, format, isLive).copy(drive, disks, task);
        if (isLive && !drive.isCloudInit() && !drive.key().equals("efidisk0")) {
          mirrored.add(drive.key());
        }
      } else {
        task.log("create linked clone of drive " + drive.key() + " (" + drive.file() + ")");
        var linked = disks.link(drive.volume().orElseThrow(), newid);
        copy = drive.withFile(linked.toString()).withBytes(disks.get(linked).virtualBytes());
      }
      made.add(copy.volume().orElseThrow());
      config.put(drive.key(), copy.text());
    }
    if (!mirrored.isEmpty()) {
      cancelMirrors(plan.source(), mirrored, task);
    }
  }

  /** The source stands still for a moment and then goes on with its own disks. */
  private static void cancelMirrors(Vm source, List<String> keys, TaskRun task) {
    var freezes = GuestSystem.agentAnswers(source);
    task.log(freezes ? "freeze filesystem" : "suspend vm");
    for (var key : keys) {
      task.log("drive-" + key + ": Cancelling block job");
    }
    for (var key : keys) {
      task.log("drive-" + key + ": Done.");
    }
    task.log(freezes ? "unfreeze filesystem" : "resume vm");
  }

  private Map<String, String> newConfig(Plan plan) {
    var world = call.world();
    var config = new TreeMap<String, String>();
    plan.config()
        .forEach(
            (key, value) -> {
              if (!NOT_COPIED.contains(key) && !DriveKeys.isUnused(key)) {
                config.put(key, key.matches("net\\d+") ? withNewAddress(value) : value);
              }
            });
    var smbios =
        VmStatus.properties(config, "smbios1")
            .map(known -> known.with("uuid", world.dice().uuid()).toString())
            .orElseGet(() -> "uuid=" + world.dice().uuid());
    config.put("smbios1", smbios);
    config.computeIfPresent("vmgenid", (key, value) -> world.dice().uuid());
    var original = plan.config().getOrDefault("name", String.valueOf(vmid));
    config.put("name", call.params().text("name", "Copy-of-VM-" + original));
    var description = call.params().text("description", "");
    if (!description.isEmpty()) {
      config.put("description", description);
    }
    return config;
  }

  private String withNewAddress(String card) {
    return NetFormat.NET.parse(card).with("macaddr", call.world().newMac()).toString();
  }
}
