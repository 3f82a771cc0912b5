package dev.hearth.stdlib.proxmox.sim.lxc;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.guest.GuestRights;
import dev.hearth.stdlib.proxmox.sim.guest.SshKeys;
import dev.hearth.stdlib.proxmox.sim.storage.Storages;
import dev.hearth.stdlib.proxmox.sim.storage.VolumeAccess;
import dev.hearth.stdlib.proxmox.sim.task.TaskBody;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code POST /nodes/NODE/lxc}: a new container from a template. */
final class CreateContainer implements TaskBody {
  private static final String DEFAULT_ROOT_GIBIBYTES = "4";

  private final Call call;
  private final int vmid;
  private final Map<String, String> values;
  private final Map<String, String> mounts = new TreeMap<>();
  private final @Nullable String pool;
  private final String storage;

  private CreateContainer(Call call) {
    this.call = call;
    this.vmid = call.params().integer("vmid");
    this.values = ContainerSettings.of(call.world(), call.params());
    this.pool = call.params().find("pool");
    this.storage = call.params().text("storage", "local");
  }

  static Object answer(Call call) {
    if (call.params().flag("restore")) {
      return RestoreContainer.answer(call);
    }
    var create = new CreateContainer(call);
    create.prepare();
    create.reserve();
    return call.fork("vzcreate", String.valueOf(create.vmid), create);
  }

  private void prepare() {
    var keys = call.params().find("ssh-public-keys");
    if (keys != null) {
      SshKeys.checkPlain(keys);
    }
    call.world().accounts().checkPool(pool);
    checkAllocate();
    values.keySet().removeIf(DriveKeys::isUnused);
    for (var key : MountPoint.KEYS) {
      var value = values.remove(key);
      if (value != null) {
        mounts.put(key, value.matches("\\d+(\\.\\d+)?") ? storage + ":" + value : value);
      }
    }
    var isUnprivileged = "1".equals(values.get("unprivileged"));
    var rights = new ContainerRights(call, vmid, pool, isUnprivileged);
    rights.set(values, Map.of());
    VolumeAccess.check(
        call.rights(), call.world().storages(), vmid, call.params().text("ostemplate"));
    if (!mounts.isEmpty() && !mounts.containsKey(MountPoint.ROOT)) {
      throw Refusal.die("mount points configured, but 'rootfs' not set - aborting");
    }
    mounts.putIfAbsent(MountPoint.ROOT, storage + ":" + DEFAULT_ROOT_GIBIBYTES);
    MountPoint.all(mounts).forEach(this::checkMount);
    rights.set(mounts, Map.of());
    values.replaceAll(
        (key, value) -> ContainerSettings.kept(call.world(), call.node(), key, value));
    if (call.world().major() >= 9 && call.params().flag("start")) {
      call.rights().check("/vms/" + vmid, "VM.PowerMgmt");
    }
  }

  private void checkAllocate() {
    new GuestRights(call.rights(), vmid, pool).needAllocate();
    if (!call.params().flag("unprivileged") && !call.rights().isRoot()) {
      call.rights().check("/", "Sys.Modify");
    }
  }

  private void checkMount(MountPoint mount) {
    if (!mount.isVolume()) {
      if (!call.rights().isRoot()) {
        throw Refusal.die("Only root can pass arbitrary filesystem paths.");
      }
      return;
    }
    var id = Storages.split(mount.source()).storage();
    var where = call.world().storages().at(call.node(), id);
    if (!where.config().content().contains("rootdir")) {
      throw Refusal.parameter(
          "storage", "storage '" + id + "' does not support container directories");
    }
    call.rights().check("/storage/" + id, "Datastore.AllocateSpace");
  }

  private void reserve() {
    var taken = call.world().guests().get(vmid);
    if (taken != null) {
      throw Refusal.die(taken.conflict());
    }
    GuestKind.CONTAINER.reserve(call.world(), call.node(), vmid, "create");
  }

  /** Gives the id back. */
  @Override
  public void abandon() {
    call.world().guests().remove(vmid);
  }

  @Override
  public void run(TaskRun task) {
    Container.locked(
        call.world(),
        vmid,
        () -> {
          build(task);
          return "";
        });
    PowerContainer.startIfAsked(call, vmid, task);
  }

  private void build(TaskRun task) {
    var world = call.world();
    var disks = new ContainerDisks(world, call.node(), vmid, task::log);
    try {
      var made = disks.make(mounts);
      var system = OsTemplate.unpack(world, call.node(), call.params().text("ostemplate"), task);
      task.work();
      var ct = Container.load(world, call.node(), vmid);
      ct.config().putAll(values);
      ct.config().putAll(made);
      ct.config().putIfAbsent("arch", system.architecture());
      ct.config().putIfAbsent("ostype", system.ostype());
      ct.config().putIfAbsent("hostname", "CT" + vmid);
      ct.config().putIfAbsent("memory", "512");
      ct.config().putIfAbsent("swap", "512");
      ct.config().remove("lock");
      ct.state().put("used", String.valueOf(system.bytes()));
    } catch (Refusal e) {
      disks.takeBack();
      abandon();
      throw Refusal.die("unable to create CT " + vmid + " - " + e.text());
    }
    if (pool != null) {
      world.accounts().addToPool(vmid, pool);
    }
  }
}
