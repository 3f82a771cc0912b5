package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.guest.GuestRights;
import dev.hearth.stdlib.proxmox.sim.guest.TagRights;
import dev.hearth.stdlib.proxmox.sim.task.TaskBody;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /nodes/NODE/qemu}: a new VM with its disks. */
final class CreateVm implements TaskBody {
  /** The machine that a Windows guest is pinned to, so that an upgrade changes no hardware. */
  private static final String PINNED_PC = "pc-i440fx-9.2+pve1";

  private static final String PINNED_Q35 = "pc-q35-9.2+pve1";
  private static final String CREATION_QEMU = "9.2.0";

  private final Call call;
  private final int vmid;
  private final Settings settings;
  private final @Nullable String pool;
  private final @Nullable String storage;

  private CreateVm(Call call) {
    this.call = call;
    this.vmid = call.params().integer("vmid");
    this.settings = Settings.of(call.world(), call.params());
    this.pool = call.params().find("pool");
    this.storage = call.params().find("storage");
  }

  static Object answer(Call call) {
    if (call.params().has("archive")) {
      return RestoreVm.answer(call);
    }
    var create = new CreateVm(call);
    create.prepare();
    create.reserve();
    return call.fork("qmcreate", String.valueOf(create.vmid), create);
  }

  private void prepare() {
    settings.checkSshKeys();
    call.world().accounts().checkPool(pool);
    if (storage != null) {
      call.rights().check("/storage/" + storage, "Datastore.AllocateSpace");
    }
    new GuestRights(call.rights(), vmid, pool).needAllocate();
    settings.resolveCdrom();
    var rights = new OptionRights(call.world(), call.rights(), vmid, pool);
    var values = settings.values();
    new StorageRights(call.world(), call.rights(), call.node(), vmid).check(values, storage);
    rights.check(values.keySet());
    rights.devices(values, "set");
    values.forEach(
        (key, value) -> {
          if (DriveKeys.isDrive(key)) {
            rights.drive(key, value);
          }
        });
    rights.bridges(values);
    checkTags(values.get("tags"));
    settings.rewriteDrives();
    settings.addAddresses();
    settings.normalise();
    if (call.world().major() >= 9 && call.params().flag("start")) {
      rights.vm("VM.PowerMgmt");
    }
  }

  private void checkTags(@Nullable String tags) {
    if (tags != null
        && (pool == null || !call.rights().has("/pool/" + pool, "VM.Config.Options"))) {
      new TagRights(call.world(), call.rights(), vmid).check("", tags);
    }
  }

  private void reserve() {
    var taken = call.world().guests().get(vmid);
    if (taken != null) {
      throw Refusal.die("unable to create VM " + vmid + " - " + taken.conflict());
    }
    GuestKind.VM.reserve(call.world(), call.node(), vmid, "create");
  }

  /** Gives the id back. */
  @Override
  public void abandon() {
    call.world().guests().remove(vmid);
  }

  @Override
  public void run(TaskRun task) {
    try {
      build(task);
    } catch (Refusal e) {
      abandon();
      throw Refusal.die("unable to create VM " + vmid + " - " + e.text());
    }
    if (call.params().flag("start")) {
      PowerVm.start(Vm.load(call.world(), call.node(), vmid), task);
    }
  }

  private void build(TaskRun task) {
    var world = call.world();
    var vm = Vm.load(world, call.node(), vmid);
    var disks = new Disks(world, call.node(), task::log);
    var values = settings.values();
    values.putAll(new DriveMaker(vm, disks, task::log, storage).make(values));
    task.work();
    values.putIfAbsent("boot", ConfigChange.bootText(bootDevices(values)));
    values.putIfAbsent("smbios1", "uuid=" + world.dice().uuid());
    if (values.getOrDefault("vmgenid", "1").equals("1")) {
      values.put("vmgenid", world.dice().uuid());
    }
    pinWindows(values);
    values.put("meta", "creation-qemu=" + CREATION_QEMU + ",ctime=" + world.now());
    var smp = values.remove("smp");
    if (smp != null && values.putIfAbsent("sockets", smp) == null) {
      values.remove("cores");
    }
    vm.config().putAll(values);
    vm.config().remove("lock");
    var lock = settings.values().get("lock");
    if (lock != null) {
      vm.lock(lock);
    }
    if (pool != null) {
      world.accounts().addToPool(vmid, pool);
    }
  }

  static void pinWindows(Map<String, String> values) {
    if (!values.getOrDefault("ostype", "").startsWith("w")) {
      return;
    }
    var machine = values.getOrDefault("machine", "pc");
    if (machine.equals("pc") || machine.equals("q35")) {
      values.put("machine", machine.equals("q35") ? PINNED_Q35 : PINNED_PC);
    }
  }

  /** What a VM boots from if nobody says: its first disk, first CD drive and first network card. */
  private static List<String> bootDevices(Map<String, String> values) {
    var devices = new ArrayList<String>();
    firstDrive(values, false, devices);
    firstDrive(values, true, devices);
    for (var index = 0; index < 32; index++) {
      if (values.containsKey("net" + index)) {
        devices.add("net" + index);
        break;
      }
    }
    return devices;
  }

  private static void firstDrive(Map<String, String> values, boolean cdrom, List<String> devices) {
    Drive.all(values).stream()
        .filter(drive -> DriveKeys.isBootable(drive.key()) && drive.isCdrom() == cdrom)
        .findFirst()
        .ifPresent(drive -> devices.add(drive.key()));
  }
}
