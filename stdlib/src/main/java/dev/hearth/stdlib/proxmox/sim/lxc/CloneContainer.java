package dev.hearth.stdlib.proxmox.sim.lxc;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.config.LxcFormats;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.BridgeRights;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.storage.Storages.VolumeId;
import dev.hearth.stdlib.proxmox.sim.task.TaskBody;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code POST …/clone}: another container like this one, full or linked. */
final class CloneContainer implements TaskBody {
  private static final Set<String> NOT_COPIED =
      Set.of("parent", "snaptime", "snapstate", "lock", "template");

  private final Call call;
  private final int vmid;
  private final int newid;
  private final @Nullable String storage;
  private final @Nullable String snapshot;
  private final Container source;
  private final Map<String, String> config;
  private final boolean isFull;

  private CloneContainer(Call call, Container source) {
    this.call = call;
    this.vmid = source.vmid();
    this.newid = call.params().integer("newid");
    this.storage = call.params().find("storage");
    this.snapshot = call.params().find("snapname");
    this.source = source;
    this.config = Map.copyOf(snapshot == null ? source.config() : source.snapshot(snapshot));
    this.isFull = call.params().flag("full", !source.isTemplate());
  }

  static Object answer(Call call) {
    var world = call.world();
    var pool = call.params().find("pool");
    world.accounts().checkPool(pool);
    var target = call.params().text("target", call.node());
    if (!world.nodes().containsKey(target)) {
      throw Refusal.die("no such cluster node '" + target + "'");
    }
    var storage = call.params().find("storage");
    if (storage != null) {
      world.storages().at(call.node(), storage);
    }
    var taken = world.guests().get(call.params().integer("newid"));
    if (taken != null) {
      throw Refusal.die(taken.conflict());
    }
    var ct = Container.load(world, call.node(), call.params().integer("vmid"));
    ct.checkLock();
    var clone = new CloneContainer(call, ct);
    clone.check(target);
    clone.reserve(target);
    return call.fork("vzclone", String.valueOf(clone.vmid), clone);
  }

  private void check(String target) {
    if (storage != null && !isFull) {
      throw Refusal.die("parameter 'storage' not allowed for linked clones");
    }
    var disks = new Disks(call.world(), call.node(), line -> {});
    for (var mount : MountPoint.all(config)) {
      var volume =
          mount
              .volume()
              .orElseThrow(
                  () ->
                      Refusal.die(
                          "unable to clone mountpoint '"
                              + mount.key()
                              + "' (type "
                              + mount.type()
                              + ")"));
      if (isFull && source.isRunning() && snapshot == null) {
        throw Refusal.die("Cannot do full clones on a running container without snapshots");
      }
      if (!ContainerDisks.can(isFull ? "copy" : "clone", volume, snapshot != null, disks)) {
        throw Refusal.die(
            (isFull ? "Full" : "Linked") + " clone feature for '" + volume + "' is not available");
      }
      var where = storage == null ? volume.storage() : storage;
      if (!target.equals(call.node()) && !call.world().storages().config(where).isShared()) {
        throw Refusal.die(
            "can't clone CT to node '" + target + "' (storage '" + where + "' is not shared)");
      }
      call.rights().check("/storage/" + where, "Datastore.AllocateSpace");
    }
    if (call.world().major() >= 8 && !call.rights().isRoot()) {
      config.forEach(
          (key, value) -> {
            if (key.matches("net\\d+")) {
              new BridgeRights(call.rights()).check(LxcFormats.card(value));
            }
          });
    }
  }

  private void reserve(String target) {
    GuestKind.CONTAINER.reserve(call.world(), target, newid, "create");
    source.lock("disk");
  }

  /** Gives the id back and lets go of the source. */
  @Override
  public void abandon() {
    call.world().guests().remove(newid);
    source.unlock();
  }

  @Override
  public void run(TaskRun task) {
    var guest = call.world().guests().get(newid);
    if (guest == null) {
      throw Refusal.die("clone failed: CT " + newid + " is gone");
    }
    var disks = new ContainerDisks(call.world(), call.node(), newid, task::log);
    try {
      var made = newConfig();
      for (var mount : MountPoint.all(config)) {
        var volume = copy(mount, mount.volume().orElseThrow(), disks, task);
        var bytes = disks.disks().get(volume).virtualBytes();
        made.put(mount.key(), mount.on(volume, bytes).text());
      }
      guest.config().clear();
      guest.config().putAll(made);
      guest.state().put("used", source.state().getOrDefault("used", "0"));
    } catch (Refusal e) {
      disks.takeBack();
      call.world().guests().remove(newid);
      throw Refusal.die("clone failed: " + e.text());
    } finally {
      source.unlock();
    }
    var pool = call.params().find("pool");
    if (pool != null) {
      call.world().accounts().addToPool(newid, pool);
    }
  }

  private VolumeId copy(MountPoint mount, VolumeId old, ContainerDisks disks, TaskRun task) {
    var kind = isFull ? "full" : "linked";
    task.log("create " + kind + " clone of mountpoint " + mount.key() + " (" + old + ")");
    task.work();
    if (!isFull) {
      return disks.link(old);
    }
    var where = storage == null ? old.storage() : storage;
    var made = disks.format(where, disks.disks().get(old).virtualBytes());
    Rsync.copied(Long.parseLong(source.state().getOrDefault("used", "0")), task::log);
    return made;
  }

  private Map<String, String> newConfig() {
    var copy = new TreeMap<>(config);
    copy.keySet().removeIf(key -> NOT_COPIED.contains(key) || DriveKeys.isUnused(key));
    copy.replaceAll(
        (key, value) ->
            key.matches("net\\d+")
                ? LxcFormats.card(value).with("hwaddr", call.world().newMac()).toString()
                : value);
    for (var key : Set.of("hostname", "description")) {
      var value = call.params().text(key, "");
      if (!value.isEmpty()) {
        copy.put(key, ContainerSettings.kept(call.world(), call.node(), key, value));
      }
    }
    return copy;
  }
}
