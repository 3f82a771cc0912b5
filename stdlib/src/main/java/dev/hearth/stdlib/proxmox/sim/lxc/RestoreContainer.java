package dev.hearth.stdlib.proxmox.sim.lxc;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.config.LxcFormats;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.guest.Restore;
import dev.hearth.stdlib.proxmox.sim.storage.Archive;
import dev.hearth.stdlib.proxmox.sim.task.TaskBody;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** {@code POST /nodes/NODE/lxc} with {@code restore}: a container as it was when it was saved. */
final class RestoreContainer implements TaskBody {
  private final Call call;
  private final int vmid;
  private final Restore restore;
  private final Map<String, String> values;
  private final boolean wasThere;

  private RestoreContainer(Call call) {
    this.call = call;
    this.vmid = call.params().integer("vmid");
    this.restore = new Restore(call, GuestKind.CONTAINER, call.params().text("ostemplate"));
    this.values = ContainerSettings.of(call.world(), call.params());
    this.wasThere = call.world().guests().containsKey(vmid);
  }

  static Object answer(Call call) {
    var body = new RestoreContainer(call);
    body.prepare();
    body.restore.reserve("unable to restore CT " + body.vmid + " - ");
    return call.fork("vzrestore", String.valueOf(body.vmid), body);
  }

  private void prepare() {
    restore.check();
    values.keySet().removeIf(DriveKeys::isUnused);
    if (values.keySet().stream().anyMatch(MountPoint::isKey)) {
      throw Refusal.of(501, "Restoring a container with other mount points is not simulated");
    }
    var isUnprivileged = "1".equals(values.get("unprivileged"));
    new ContainerRights(call, vmid, call.params().find("pool"), isUnprivileged)
        .set(values, Map.of());
    values.replaceAll(
        (key, value) -> ContainerSettings.kept(call.world(), call.node(), key, value));
  }

  @Override
  public void abandon() {
    restore.giveBack(wasThere);
  }

  @Override
  public void run(TaskRun task) {
    Container.locked(
        call.world(),
        vmid,
        () -> {
          try {
            build(task);
          } catch (Refusal e) {
            restore.giveBack(wasThere);
            throw Refusal.die("unable to restore CT " + vmid + " - " + e.text());
          }
          return "";
        });
    PowerContainer.startIfAsked(call, vmid, task);
  }

  private void build(TaskRun task) {
    task.log("recovering backed-up configuration from '" + restore.volid() + "'");
    var archive = restore.archive();
    var disks = new ContainerDisks(call.world(), call.node(), vmid, task::log);
    disks.disks().storage(storage());
    if (wasThere) {
      freeOld(disks);
    }
    var made = disks.make(wanted(archive));
    task.log("restoring '" + restore.volid() + "' now..");
    task.log("extracting archive '" + restore.path() + "'");
    task.work();
    long total = archive.bytes().values().stream().mapToLong(Long::longValue).sum();
    task.log("Total bytes read: " + total + " (" + Disks.human(total) + ", 100MiB/s)");
    task.log("merging backed-up and given configuration..");
    var ct = Container.of(call.world(), restore.emptied());
    ct.config().putAll(rewrite(archive.config()));
    ct.config().putAll(values);
    ct.config().putAll(made);
    ct.state().clear();
    ct.state().put("status", "stopped");
    ct.state().putAll(archive.system());
    var pool = call.params().find("pool");
    if (pool != null) {
      call.world().accounts().addToPool(vmid, pool);
    }
  }

  private String storage() {
    return call.params().text("storage", "local");
  }

  /** The saved mount points, each with a new volume of its old size. */
  private Map<String, String> wanted(Archive archive) {
    var wanted = new TreeMap<String, String>();
    for (var mount : MountPoint.all(archive.config())) {
      var bytes = archive.bytes().get(mount.key());
      if (bytes == null || !mount.isVolume()) {
        wanted.put(mount.key(), mount.text());
      } else {
        var gibibytes = BigDecimal.valueOf(bytes).divide(BigDecimal.valueOf(1L << 30));
        var source = storage() + ":" + gibibytes.toPlainString();
        wanted.put(mount.key(), mount.options().with("volume", source).without("size").toString());
      }
    }
    return wanted;
  }

  private void freeOld(ContainerDisks disks) {
    var ct = Container.load(call.world(), call.node(), vmid);
    for (var mount : ct.mountPoints()) {
      mount.volume().filter(id -> disks.disks().find(id).isPresent()).ifPresent(disks::free);
    }
  }

  private Map<String, String> rewrite(Map<String, String> saved) {
    var config = new TreeMap<>(saved);
    if (call.params().flag("unique")) {
      config.replaceAll(
          (key, value) ->
              key.matches("net\\d+")
                  ? LxcFormats.card(value).with("hwaddr", call.world().newMac()).toString()
                  : value);
    }
    return config;
  }
}
