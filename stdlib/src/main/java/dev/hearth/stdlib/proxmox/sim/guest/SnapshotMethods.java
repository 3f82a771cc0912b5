package dev.hearth.stdlib.proxmox.sim.guest;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.storage.Storages.VolumeId;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The methods about a guest's snapshots, which take its volumes and its configuration. A kind of
 * guest says which volumes those are, and what else happens to it.
 */
public abstract class SnapshotMethods<G extends AnyGuest> {
  private static final Param NAME = Param.of(string().format(Formats.CONFIG_ID).maxLength(40));
  private static final Param DESCRIPTION = Param.optional(string());

  private final GuestKind kind;
  private final String taskPrefix;

  /**
   * @param taskPrefix what the types of its tasks begin with, such as {@code qm}
   */
  protected SnapshotMethods(GuestKind kind, String taskPrefix) {
    this.kind = kind;
    this.taskPrefix = taskPrefix;
  }

  /**
   * A volume that takes part.
   *
   * @param key the configuration's key that names it
   */
  public record Held(String key, VolumeId volume, long bytes) {}

  /** The guest that a call names. */
  protected abstract G guest(Call call);

  /** The volumes that a configuration names and a snapshot takes. */
  protected abstract List<Held> held(Map<String, String> config);

  /** Whether all that the guest has can be taken. */
  protected abstract boolean canTake(G guest, Disks disks);

  /** A volume is taken next. */
  protected void taking(Held held, TaskRun task) {}

  /** Makes a guest stop before it goes back. */
  protected abstract void halt(G guest);

  /** Makes a guest run that has gone back. */
  protected abstract void start(Call call, G guest, TaskRun task);

  /** What a guest's configuration needs when it has gone back from {@code before}. */
  protected abstract void restored(G guest, Map<String, String> before);

  /** A snapshot's configuration as the API answers it. */
  protected abstract ConfigAnswer answer(Call call);

  /** Declares the methods below one guest's path. */
  protected List<ApiMethod> declared(String guest, String nameOfList, Map<String, Param> taking) {
    var all = guest + "/snapshot";
    var single = all + "/{snapname}";
    return List.of(
        GuestMethods.one("GET", all, nameOfList)
            .allow(Check.perm(GuestMethods.RIGHTS, "VM.Audit"))
            .answers(this::list),
        GuestMethods.one("POST", all, "snapshot")
            .allow(Check.perm(GuestMethods.RIGHTS, "VM.Snapshot"))
            .task()
            .param("snapname", NAME)
            .params(taking)
            .param("description", DESCRIPTION)
            .answers(this::create),
        GuestMethods.one("GET", single, "snapshot_cmd_idx")
            .allow(Check.anyUser())
            .param("snapname", NAME)
            .answers(call -> List.of(Map.of("cmd", "rollback"), Map.of("cmd", "config"))),
        GuestMethods.one("DELETE", single, "delsnapshot")
            .allow(Check.perm(GuestMethods.RIGHTS, "VM.Snapshot"))
            .task()
            .param("snapname", NAME)
            .param("force", Param.optional(bool()))
            .answers(this::delete),
        GuestMethods.one("GET", single + "/config", "get_snapshot_config")
            .allow(
                Check.permAny(
                    GuestMethods.RIGHTS, "VM.Snapshot", "VM.Snapshot.Rollback", "VM.Audit"))
            .param("snapname", NAME)
            .answers(this::config),
        GuestMethods.one("PUT", single + "/config", "update_snapshot_config")
            .allow(Check.perm(GuestMethods.RIGHTS, "VM.Snapshot"))
            .param("snapname", NAME)
            .param("description", DESCRIPTION)
            .answers(this::describe),
        GuestMethods.one("POST", single + "/rollback", "rollback")
            .allow(Check.permAny(GuestMethods.RIGHTS, "VM.Snapshot", "VM.Snapshot.Rollback"))
            .task()
            .param("snapname", NAME)
            .param("start", Param.optional(bool().orElse("0")))
            .answers(this::rollback));
  }

  private Object list(Call call) {
    return Snapshots.list(guest(call));
  }

  private Object config(Call call) {
    return answer(call).plain(guest(call).snapshot(call.params().text("snapname")));
  }

  private @Nullable Object describe(Call call) {
    Snapshots.describe(guest(call), call.params());
    return null;
  }

  private Object create(Call call) {
    Snapshots.checkName(call.params().text("snapname"));
    checkCreate(call);
    return kind.fork(call, taskPrefix + "snapshot", task -> create(call, task));
  }

  /** Refuses what cannot be simulated. */
  protected void checkCreate(Call call) {}

  private void create(Call call, TaskRun task) {
    var name = call.params().text("snapname");
    var guest = guest(call);
    if (guest.isTemplate()) {
      throw Refusal.die("you can't take a snapshot if it's a template");
    }
    guest.checkLock();
    if (guest.snapshots().containsKey(name)) {
      throw Refusal.die("snapshot name '" + name + "' already used");
    }
    var disks = disks(call, task);
    if (!canTake(guest, disks)) {
      throw Refusal.die("snapshot feature is not available");
    }
    guest.lock("snapshot");
    try {
      for (var held : held(guest.config())) {
        taking(held, task);
        disks.snapshot(held.volume(), name);
      }
      task.work();
      var snapshot = Snapshots.copied(guest.config());
      snapshot.put("snaptime", String.valueOf(call.world().now()));
      var description = call.params().text("description", "");
      if (!description.isEmpty()) {
        snapshot.put("description", description);
      }
      guest.snapshots().put(name, snapshot);
      guest.config().put("parent", name);
    } finally {
      guest.unlock();
    }
  }

  private static Disks disks(Call call, TaskRun task) {
    return new Disks(call.world(), call.node(), task::log);
  }

  private Object delete(Call call) {
    return kind.fork(call, taskPrefix + "delsnapshot", task -> delete(call, task));
  }

  private void delete(Call call, TaskRun task) {
    var name = call.params().text("snapname");
    var guest = guest(call);
    guest.checkLock();
    var snapshot = guest.snapshot(name);
    var disks = disks(call, task);
    guest.lock("snapshot-delete");
    try {
      held(snapshot).forEach(held -> disks.deleteSnapshot(held.volume(), name));
      task.work();
      guest.snapshots().remove(name);
      Snapshots.adopt(guest, name, snapshot.get("parent"));
    } finally {
      guest.unlock();
    }
  }

  private Object rollback(Call call) {
    return kind.fork(call, taskPrefix + "rollback", task -> rollback(call, task));
  }

  private void rollback(Call call, TaskRun task) {
    var name = call.params().text("snapname");
    var guest = guest(call);
    if (guest.isTemplate()) {
      throw Refusal.die("you can't rollback if vm is a template");
    }
    var snapshot = guest.snapshot(name);
    guest.checkLock();
    if (guest.isRunning()) {
      halt(guest);
    }
    var disks = disks(call, task);
    for (var held : held(snapshot)) {
      var storage = disks.storage(held.volume().storage());
      storage.put(storage.get(held.volume().volname()).sized(held.bytes()));
    }
    task.work();
    restore(guest, name, snapshot);
    if (call.params().flag("start")) {
      start(call, guest, task);
    }
  }

  private void restore(G guest, String name, Map<String, String> snapshot) {
    var config = guest.config();
    var before = new TreeMap<>(config);
    config.keySet().removeIf(key -> !DriveKeys.isUnused(key) && !key.equals("description"));
    config.putAll(Snapshots.copied(snapshot));
    config.put("parent", name);
    guest.pending().clear();
    restored(guest, before);
  }
}
