package dev.hearth.stdlib.proxmox.sim.migrate;

import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.storage.Storage;
import dev.hearth.stdlib.proxmox.sim.storage.Storages.VolumeId;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One guest on its way: its local volumes are copied, then its configuration moves. */
final class Migration {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final String LOCKED = "migrate";

  private final World world;
  private final Guest guest;
  private final String target;
  private final StorageMap storages;
  private final boolean isLive;
  private final boolean mayCopyLive;
  private final TaskRun task;

  /**
   * @param isLive whether it goes on running meanwhile
   * @param mayCopyLive whether local disks go along with a running guest
   */
  Migration(
      Call call,
      Guest guest,
      StorageMap storages,
      boolean isLive,
      boolean mayCopyLive,
      TaskRun task) {
    this.world = call.world();
    this.guest = guest;
    this.target = call.params().text("target");
    this.storages = storages;
    this.isLive = isLive;
    this.mayCopyLive = mayCopyLive;
    this.task = task;
  }

  /** Which storage of the target takes the place of which. */
  record StorageMap(Map<String, String> entries, String all) {
    static StorageMap of(String text) {
      var entries = new HashMap<String, String>();
      var all = "";
      for (var part : Lists.split(text)) {
        int colon = part.indexOf(':');
        if (colon < 0) {
          all = part;
        } else {
          entries.put(part.substring(0, colon), part.substring(colon + 1));
        }
      }
      return new StorageMap(entries, all.equals("1") ? "" : all);
    }

    String of(VolumeId id) {
      return entries.getOrDefault(id.storage(), all.isEmpty() ? id.storage() : all);
    }
  }

  /** Refuses what is known to fail before anything is done. */
  static void checkStorages(World world, Guest guest, String target, StorageMap storages) {
    for (var used : new GuestVolumes(world, guest).all()) {
      if (!used.isCdrom()) {
        world.storages().at(target, storages.of(used.id()));
      }
    }
  }

  private void log(String text) {
    task.log(TIME.format(world.clock().now()) + " " + text);
  }

  void run() {
    long began = world.now();
    var node = world.node(target);
    log("starting migration of " + guest.title() + " to node '" + target + "' (" + node.ip() + ")");
    var volumes = new GuestVolumes(world, guest).local();
    try {
      check(volumes);
      guest.config().put("lock", LOCKED);
      var moved = copy(volumes);
      if (isLive) {
        log("starting " + guest.title() + " on remote node '" + target + "'");
        log("starting online/live migration on unix:/run/qemu-server/" + guest.vmid() + ".migrate");
        task.work();
        log("migration status: completed");
      }
      arrive(moved);
      log("migration finished successfully (duration " + duration(world.now() - began) + ")");
    } catch (Refusal e) {
      guest.config().remove("lock", LOCKED);
      log("ERROR: migration aborted (duration " + duration(world.now() - began) + "): " + e.text());
      throw Refusal.die("migration aborted");
    }
  }

  private static String duration(long seconds) {
    return "%02d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** Tells of all that keeps the guest here, and then gives up. */
  private void check(List<GuestVolumes.Used> volumes) {
    if (!world.isOnline(target)) {
      throw Refusal.die("Can't connect to destination address using public key");
    }
    boolean isStuck = false;
    for (var used : volumes) {
      var problem = problem(used);
      if (!problem.isEmpty()) {
        log("can't migrate local disk '" + used.id() + "': " + problem);
        isStuck = true;
      }
    }
    for (var entry : guest.config().entrySet()) {
      if (entry.getKey().matches("(hostpci|usb|serial|parallel)\\d+")
          && !entry.getValue().matches("socket|spice.*|mapping=.*")) {
        throw Refusal.die("can't migrate VM which uses local devices: " + entry.getKey());
      }
    }
    if (isStuck) {
      throw Refusal.die("Problem found while scanning volumes - can't migrate VM - check log");
    }
  }

  private String problem(GuestVolumes.Used used) {
    if (used.isCdrom()) {
      return "local cdrom image";
    }
    var volume = source(used.id()).find(used.id().volname()).orElse(null);
    if (volume == null) {
      return "volume does not exist";
    }
    if (volume.parent() != null) {
      return "clone of a volume that stays";
    }
    boolean isSame = storages.of(used.id()).equals(used.id().storage());
    if (!volume.snapshots().isEmpty() && (isLive || !isSame)) {
      return "non-migratable snapshot exists";
    }
    return isLive && !mayCopyLive
        ? "can't live migrate attached local disks without with-local-disks option"
        : "";
  }

  private Storage source(VolumeId id) {
    return world.storages().at(guest.node(), id.storage());
  }

  /** What a volume is called on the target. */
  private record Moved(VolumeId id, VolumeId fresh) {}

  private List<Moved> copy(List<GuestVolumes.Used> volumes) {
    for (var used : volumes) {
      log("found local disk '" + used.id() + "' (attached)");
    }
    var moved = new ArrayList<Moved>();
    for (var used : volumes) {
      var id = used.id();
      var there = world.storages().at(target, storages.of(id));
      var volume = source(id).get(id.volname());
      var name = id.volname();
      if (there.id().equals(id.storage()) && there.find(name).isEmpty()) {
        there.put(volume);
      } else {
        var format = there.config().isFiles() ? volume.format() : "raw";
        name = there.allocate(guest.vmid(), format, null, volume.virtualBytes(), world.now());
        there.put(there.get(name).using(volume.usedBytes()));
      }
      task.work();
      var fresh = new VolumeId(there.id(), name);
      log("volume '" + id + "' is '" + fresh + "' on the target");
      moved.add(new Moved(id, fresh));
    }
    return moved;
  }

  /** The configuration stands on the other node now, and what was copied goes here. */
  private void arrive(List<Moved> moved) {
    for (var volume : moved) {
      source(volume.id()).free(volume.id().volname());
      if (!volume.id().equals(volume.fresh())) {
        GuestVolumes.rename(guest, volume.id().toString(), volume.fresh().toString());
      }
    }
    guest.config().remove("lock", LOCKED);
    world.guests().put(guest.vmid(), guest.on(target));
  }
}
