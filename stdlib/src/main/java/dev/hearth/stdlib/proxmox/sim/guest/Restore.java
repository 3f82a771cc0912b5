package dev.hearth.stdlib.proxmox.sim.guest;

import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.storage.Archive;
import dev.hearth.stdlib.proxmox.sim.storage.Storage;
import dev.hearth.stdlib.proxmox.sim.storage.Storages;
import dev.hearth.stdlib.proxmox.sim.storage.Storages.VolumeId;
import dev.hearth.stdlib.proxmox.sim.storage.VolumeAccess;
import dev.hearth.stdlib.proxmox.sim.world.Guest;

/** What restoring a VM and restoring a container have in common: who may, from what, over what. */
public final class Restore {
  private final Call call;
  private final GuestKind kind;
  private final int vmid;
  private final String volid;

  /**
   * Says what is to be restored; the call names it.
   *
   * @param volid the backup
   */
  public Restore(Call call, GuestKind kind, String volid) {
    this.call = call;
    this.kind = kind;
    this.vmid = call.params().integer("vmid");
    this.volid = volid;
  }

  public int vmid() {
    return vmid;
  }

  public String volid() {
    return volid;
  }

  /** Refuses who may not, and what is no backup. */
  public void check() {
    var pool = call.params().find("pool");
    call.world().accounts().checkPool(pool);
    boolean mayReplace =
        call.params().flag("force")
            && call.world().guests().containsKey(vmid)
            && call.rights().has("/vms/" + vmid, "VM.Backup");
    if (!mayReplace) {
      new GuestRights(call.rights(), vmid, pool).needAllocate();
    }
    var storage = call.params().find("storage");
    if (storage != null) {
      call.rights().check("/storage/" + storage, "Datastore.AllocateSpace");
    }
    VolumeAccess.check(call.rights(), call.world().storages(), vmid, volid);
  }

  /**
   * Takes the id, and with {@code force} what bears it already.
   *
   * @param failed what stands before the reason, such as {@code unable to restore VM 100 - }
   */
  public void reserve(String failed) {
    var taken = call.world().guests().get(vmid);
    if (taken == null) {
      kind.reserve(call.world(), call.node(), vmid, "create");
      return;
    }
    boolean isSame = taken.type().equals(kind.type()) && taken.node().equals(call.node());
    if (!call.params().flag("force") || !isSame) {
      throw Refusal.die(failed + taken.conflict());
    }
    var lock = taken.config().get("lock");
    if (lock != null) {
      throw Refusal.die(failed + (taken.isContainer() ? "CT" : "VM") + " is locked (" + lock + ")");
    }
    if ("1".equals(taken.config().get("protection"))) {
      throw Refusal.die(failed + "protection mode enabled");
    }
    if (taken.isRunning()) {
      throw Refusal.die(failed + (taken.isContainer() ? "container" : "vm") + " is running");
    }
    taken.config().put("lock", "create");
  }

  /** What is in the backup; dies when there is none, or when it is of another kind. */
  public Archive archive() {
    var archive = storage().get(id().volname()).archive();
    if (archive == null) {
      throw Refusal.die("ERROR: archive contains no configuration file");
    }
    if (!archive.type().equals(kind.type())) {
      throw Refusal.die(
          "can't restore a backup of type '" + archive.type() + "' as '" + kind.type() + "'");
    }
    return archive;
  }

  /** Where the backup lies on its node. */
  public String path() {
    return storage().path(id().volname());
  }

  private VolumeId id() {
    return Storages.split(volid);
  }

  private Storage storage() {
    return call.world().storages().at(call.node(), id().storage());
  }

  /** Lets go of the id, unless there was a guest before. */
  public void giveBack(boolean wasThere) {
    var guest = call.world().guests().get(vmid);
    if (guest == null) {
      return;
    }
    if (wasThere) {
      guest.config().remove("lock");
    } else {
      call.world().guests().remove(vmid);
    }
  }

  /** An empty guest in place of the one that is replaced. */
  public Guest emptied() {
    var guest = kind.load(call.world(), call.node(), vmid);
    guest.config().clear();
    guest.pending().clear();
    guest.snapshots().clear();
    return guest;
  }
}
