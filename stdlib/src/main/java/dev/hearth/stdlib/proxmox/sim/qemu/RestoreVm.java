package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.config.NetFormat;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.guest.Restore;
import dev.hearth.stdlib.proxmox.sim.storage.Archive;
import dev.hearth.stdlib.proxmox.sim.storage.Storages.VolumeId;
import dev.hearth.stdlib.proxmox.sim.task.TaskBody;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code POST /nodes/NODE/qemu} with {@code archive}: a VM as it was when it was saved. */
final class RestoreVm implements TaskBody {
  private static final long CLOUD_INIT_BYTES = 4L << 20;

  private final Call call;
  private final int vmid;
  private final Restore restore;
  private final Settings settings;
  private final boolean wasThere;

  private RestoreVm(Call call) {
    this.call = call;
    this.vmid = call.params().integer("vmid");
    this.restore = new Restore(call, GuestKind.VM, call.params().text("archive"));
    this.settings = Settings.of(call.world(), call.params());
    this.wasThere = call.world().guests().containsKey(vmid);
  }

  static Object answer(Call call) {
    if (call.params().flag("live-restore")) {
      throw Refusal.of(501, "Starting a VM while it is restored is not simulated");
    }
    var body = new RestoreVm(call);
    body.prepare();
    body.restore.reserve("unable to restore VM " + body.vmid + " - ");
    return call.fork("qmrestore", String.valueOf(body.vmid), body);
  }

  private void prepare() {
    restore.check();
    var values = settings.values();
    for (var key : values.keySet()) {
      if (DriveKeys.isDrive(key)) {
        throw Refusal.parameter(key, "option conflicts with option 'archive'");
      }
    }
    settings.checkSshKeys();
    var rights = new OptionRights(call.world(), call.rights(), vmid, call.params().find("pool"));
    rights.check(values.keySet());
    rights.bridges(values);
    settings.addAddresses();
    settings.normalise();
  }

  @Override
  public void abandon() {
    restore.giveBack(wasThere);
  }

  @Override
  public void run(TaskRun task) {
    try {
      build(task);
    } catch (Refusal e) {
      restore.giveBack(wasThere);
      throw Refusal.die("unable to restore VM " + vmid + " - " + e.text());
    }
    if (call.params().flag("start")) {
      PowerVm.start(Vm.load(call.world(), call.node(), vmid), task);
    }
  }

  private void build(TaskRun task) {
    var archive = restore.archive();
    var disks = new Disks(call.world(), call.node(), task::log);
    task.log("restore vma archive: vma extract -v -r /var/tmp/vzdumptmp.fifo " + restore.path());
    task.log("CFG: size: " + archive.text().length() + " name: qemu-server.conf");
    archive
        .bytes()
        .forEach((key, bytes) -> task.log("DEV: size: " + bytes + " devname: drive-" + key));
    archive.bytes().keySet().forEach(key -> disks.storage(target(archive, key)));
    if (wasThere) {
      freeOld(disks);
    }
    task.work();
    var vm = Vm.of(call.world(), restore.emptied());
    vm.config().put("lock", "create");
    var made = makeDisks(archive, disks, task);
    rewrite(archive.config()).forEach(vm.config()::put);
    vm.config().putAll(made);
    vm.config().putAll(settings.values());
    vm.config().remove("lock");
    vm.state().clear();
    vm.state().put("status", "stopped");
    vm.state().putAll(archive.system());
    task.log("rescan volumes...");
    var pool = call.params().find("pool");
    if (pool != null) {
      call.world().accounts().addToPool(vmid, pool);
    }
    if (vm.isTemplate()) {
      task.log("Convert to template.");
      TemplateVm.makeBases(vm, null, task);
    }
  }

  /** Where a disk goes: to where the call says, or to where it was. */
  private String target(Archive archive, String key) {
    var wanted = call.params().find("storage");
    return wanted != null ? wanted : source(archive, key).storage();
  }

  private static VolumeId source(Archive archive, String key) {
    var drive = Drive.parse(key, Objects.requireNonNull(archive.config().get(key), key));
    return drive.volume().orElseThrow(() -> Refusal.die("no such disk '" + key + "'"));
  }

  private void freeOld(Disks disks) {
    var vm = Vm.load(call.world(), call.node(), vmid);
    for (var drive : vm.drivesAndUnused()) {
      drive
          .volume()
          .filter(id -> !drive.isRealCdrom())
          .filter(id -> disks.find(id).isPresent())
          .filter(
              id -> Objects.equals(disks.storage(id.storage()).parse(id.volname()).vmid(), vmid))
          .ifPresent(disks::free);
    }
  }

  private Map<String, String> makeDisks(Archive archive, Disks disks, TaskRun task) {
    var made = new ArrayList<VolumeId>();
    var values = new LinkedHashMap<String, String>();
    try {
      for (var drive : Drive.all(archive.config())) {
        var bytes = archive.bytes().get(drive.key());
        if (bytes != null) {
          var id = make(target(archive, drive.key()), format(drive), null, bytes, disks);
          made.add(id);
          task.log("new volume ID is '" + id + "'");
          values.put(drive.key(), drive.withFile(id.toString()).text());
        } else if (drive.isCloudInit()) {
          var storage = call.params().text("storage", drive.volume().orElseThrow().storage());
          var id = make(storage, "qcow2", "cloudinit", CLOUD_INIT_BYTES, disks);
          made.add(id);
          values.put(drive.key(), drive.withFile(id.toString()).text());
        }
      }
    } catch (Refusal e) {
      made.forEach(disks::free);
      throw e;
    }
    long total = archive.bytes().values().stream().mapToLong(Long::longValue).sum();
    task.log("progress 100% (read " + total + " bytes, duration 1 sec)");
    task.log("total bytes read " + total + ", sparse bytes " + total + " (100%)");
    return values;
  }

  private static String format(Drive drive) {
    var file = drive.file();
    return file.endsWith(".qcow2") ? "qcow2" : file.endsWith(".vmdk") ? "vmdk" : "raw";
  }

  private VolumeId make(
      String storage, String format, @Nullable String name, long bytes, Disks disks) {
    boolean isFiles = disks.storage(storage).config().isFiles();
    var fitting = isFiles ? format : "raw";
    var file = name == null ? null : "vm-" + vmid + "-" + name + (isFiles ? "." + fitting : "");
    return disks.allocate(storage, vmid, fitting, file, bytes);
  }

  /** The saved configuration with what must be another in each VM. */
  private Map<String, String> rewrite(Map<String, String> saved) {
    var dice = call.world().dice();
    var config = new TreeMap<>(saved);
    if (!config.getOrDefault("vmgenid", "0").equals("0")) {
      config.put("vmgenid", dice.uuid());
    }
    if (call.params().flag("unique")) {
      config.replaceAll(
          (key, value) ->
              key.matches("net\\d+")
                  ? NetFormat.NET.parse(value).with("macaddr", call.world().newMac()).toString()
                  : value);
      config.computeIfPresent(
          "smbios1", (key, value) -> value.replaceAll("uuid=[0-9a-f-]+", "uuid=" + dice.uuid()));
    }
    return config;
  }
}
