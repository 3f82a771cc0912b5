package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.config.PropertyFormat;
import dev.hearth.stdlib.proxmox.config.QemuKeys;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.AnyGuest;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.guest.TagRights;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes a VM's configuration: sets, deletes and reverts keys. As in Proxmox all of it first
 * becomes pending and is written step by step, so that a failure in the middle leaves what came
 * before it.
 */
final class ConfigChange {
  private final Call call;
  private final int vmid;
  private final String deleteParameter;
  private final Settings settings;
  private final boolean skipLock;
  private final boolean force;
  private final String toldParameters;
  private final Set<String> reverts = new LinkedHashSet<>();
  private final List<String> deletes = new ArrayList<>();
  private List<String> bootOrder = List.of();

  private ConfigChange(Call call, String deleteParameter) {
    this.call = call;
    this.deleteParameter = deleteParameter;
    this.vmid = call.params().integer("vmid");
    this.settings = Settings.of(call.world(), call.params());
    this.skipLock = call.params().flag("skiplock");
    this.force = call.params().flag("force");
    this.toldParameters = told(call);
  }

  /** Changes at once, as {@code PUT config} does. */
  static @Nullable Object now(Call call) {
    return now(call, "delete");
  }

  /** Takes drives off at once, as {@code PUT unlink} does. */
  static @Nullable Object unlink(Call call) {
    return now(call, "idlist");
  }

  private static @Nullable Object now(Call call, String deleteParameter) {
    var change = new ConfigChange(call, deleteParameter);
    change.prepare();
    Vm.locked(
        call.world(),
        change.vmid,
        () -> {
          change.checkState();
          change.work(line -> {});
          return "";
        });
    return null;
  }

  /** Changes in a task, as {@code POST config} does. */
  static Object later(Call call) {
    var change = new ConfigChange(call, "delete");
    change.prepare();
    return Vm.locked(
        call.world(),
        change.vmid,
        () -> {
          change.checkState();
          return call.fork(
              "qmconfig",
              String.valueOf(change.vmid),
              task -> {
                task.log("update VM " + change.vmid + ":" + change.toldParameters);
                Vm.locked(
                    call.world(),
                    change.vmid,
                    () -> {
                      change.work(task::log);
                      return "";
                    });
              });
        });
  }

  /** The parameters as the task log shows them. */
  private static String told(Call call) {
    var sorted = new TreeMap<String, String>();
    call.params()
        .all()
        .forEach(
            (name, value) -> {
              if (value != null
                  && !Set.of("node", "vmid", "digest", "background_delay").contains(name)) {
                sorted.put(
                    name,
                    name.equals("cipassword")
                        ? "<hidden>"
                        : dev.hearth.stdlib.proxmox.sim.api.Params.textOf(value));
              }
            });
    var text = new StringBuilder();
    sorted.forEach((name, value) -> text.append(" -").append(name).append(' ').append(value));
    return text.toString();
  }

  /** All that is refused before the VM is looked at. */
  private void prepare() {
    AnyGuest.checkSkipLock(call);
    settings.checkSshKeys();
    var values = settings.values();
    if (values.isEmpty() && !call.params().has(deleteParameter) && !call.params().has("revert")) {
      throw Refusal.die("no options specified");
    }
    settings.resolveCdrom();
    readReverts();
    readDeletes();
    settings.rewriteDrives();
    settings.addAddresses();
    if ("1".equals(values.get("vmgenid"))) {
      values.put("vmgenid", call.world().dice().uuid());
    }
    checkHookscript(values.get("hookscript"));
    var rights = new OptionRights(call.world(), call.rights(), vmid, null);
    rights.check(deletes);
    rights.check(values.keySet());
    new StorageRights(call.world(), call.rights(), call.node(), vmid).check(values, null);
    rights.bridges(values);
    if (values.containsKey("cipassword")) {
      values.computeIfPresent(
          "cipassword", (key, value) -> Sha256Crypt.hashed(value, call.world()));
    }
  }

  private void checkHookscript(@Nullable String volid) {
    if (volid == null) {
      return;
    }
    var id = dev.hearth.stdlib.proxmox.sim.storage.Storages.split(volid);
    var storage = call.world().storages().at(call.node(), id.storage());
    if (!storage.parse(id.volname()).content().equals("snippets")) {
      throw Refusal.parameter("hookscript", "hookscript needs to be of content type 'snippets'\n");
    }
  }

  private void readReverts() {
    for (var key : call.params().list("revert")) {
      if (!isOption(key)) {
        throw Refusal.parameter("revert", "unknown option '" + key + "'");
      }
      if (settings.values().containsKey(key)) {
        throw both(key, "revert");
      }
      reverts.add(key);
    }
  }

  private void readDeletes() {
    for (var item : call.params().list(deleteParameter)) {
      var key = item.equals("cdrom") ? "ide2" : item;
      if (settings.values().containsKey(key)) {
        throw both(key, "delete");
      }
      if (reverts.contains(key)) {
        throw Refusal.parameter(
            "revert", "you can't use '-" + key + "' and -revert " + key + "' at the same time");
      }
      if (!isOption(key)) {
        throw Refusal.parameter("delete", "unknown option '" + key + "'");
      }
      deletes.add(key);
    }
  }

  private static Refusal both(String key, String how) {
    return Refusal.parameter(
        "delete", "you can't use '-" + key + "' and -" + how + " " + key + "' at the same time");
  }

  private boolean isOption(String key) {
    return QemuKeys.ofVersion(call.world().major()).find(key).isPresent();
  }

  private Vm vm() {
    return Vm.load(call.world(), call.node(), vmid);
  }

  /** What is refused because of the state the VM is in. */
  private void checkState() {
    var vm = vm();
    vm.checkDigest(call.params().find("digest"));
    if (!skipLock) {
      vm.checkLock();
    }
    for (var key : reverts) {
      var current = vm.get(key);
      if (current != null) {
        settings.values().put(key, current);
      } else if (vm.pending().containsKey(key)) {
        deletes.add(key);
      }
    }
    checkBalloon(vm);
  }

  private void checkBalloon(Vm vm) {
    var values = settings.values();
    if (!values.containsKey("memory") && !values.containsKey("balloon")) {
      return;
    }
    var merged = vm.effective();
    merged.putAll(values);
    var balloon = Long.parseLong(merged.getOrDefault("balloon", "0"));
    if (balloon > VmStatus.memoryMebibytes(merged)) {
      throw Refusal.die("balloon value too large (must be smaller than assigned memory)");
    }
  }

  private void work(Consumer<String> log) {
    var vm = vm();
    var changes = new PendingChanges(vm, call.rights(), log);
    bootOrder = new ArrayList<>(order(vm.get("boot")));
    deletes.forEach(key -> delete(vm, key, changes));
    var disks = new Disks(call.world(), call.node(), log);
    for (var key : new TreeSet<>(settings.values().keySet())) {
      var value = settings.values().getOrDefault(key, "");
      if (!value.equals(vm.pending().get(key))) {
        set(vm, key, value, new DriveMaker(vm, disks, log, null));
      }
      vm.pendingDelete().remove(key);
    }
    resolveSmp(vm);
    changes.forgetWhatHolds();
    changes.apply();
  }

  private static List<String> order(@Nullable String boot) {
    var format = QemuKeys.ofVersion(8).find("boot").orElseThrow().type().format();
    return boot == null || boot.isBlank() || !(format instanceof PropertyFormat known)
        ? List.of()
        : known.parse(boot).get("order").map(Lists::split).orElse(List.of());
  }

  private void delete(Vm vm, String key, PendingChanges changes) {
    var pending = vm.pending().get(key);
    var current = vm.get(key);
    var value = current != null ? current : pending;
    if (value == null) {
      return; // Proxmox only warns in its own log
    }
    vm.pending().remove(key);
    var rights = new OptionRights(call.world(), call.rights(), vmid, null);
    if (bootOrder.remove(key)) {
      vm.pending().put("boot", bootText(bootOrder));
    }
    if (DriveKeys.isUnused(key)) {
      deleteUnused(vm, Drive.parse(key, value), changes, rights);
    } else if (DriveKeys.isDrive(key)) {
      vm.checkProtection("can't remove drive '" + key + "'");
      rights.drive(key, value);
      if (pending != null) {
        changes.detach(Drive.parse(key, pending));
      }
      vm.pendingDelete().add(key, force);
    } else if (key.equals("tags")) {
      new TagRights(call.world(), call.rights(), vmid).check(value, "");
      vm.config().remove(key);
    } else {
      rights.devices(Map.of(key, value), "delete");
      if (current != null) {
        rights.bridges(Map.of(key, current));
      }
      vm.pendingDelete().add(key, force);
    }
  }

  private void deleteUnused(Vm vm, Drive drive, PendingChanges changes, OptionRights rights) {
    vm.checkProtection("can't remove unused disk '" + drive.file() + "'");
    rights.vm("VM.Config.Disk");
    changes.free(drive);
    vm.config().remove(drive.key());
  }

  private void set(Vm vm, String key, String value, DriveMaker maker) {
    var rights = new OptionRights(call.world(), call.rights(), vmid, null);
    if (DriveKeys.isDrive(key)) {
      setDrive(vm, key, value, maker, rights);
      return;
    }
    var old = vm.get(key);
    if (key.equals("tags")) {
      new TagRights(call.world(), call.rights(), vmid).check(old == null ? "" : old, value);
    } else if (key.equals("boot")) {
      checkBootDevices(vm, value);
    } else {
      rights.devices(Map.of(key, value), "modify");
      if (old != null) {
        rights.bridges(Map.of(key, old));
      }
    }
    if (DriveKeys.isUnused(key)) {
      rights.vm("VM.Config.Disk");
    }
    put(vm, key, value);
  }

  private void setDrive(Vm vm, String key, String value, DriveMaker maker, OptionRights rights) {
    var old = vm.get(key);
    if (old != null) {
      rights.drive(key, old);
    }
    rights.drive(key, value);
    var replaced = vm.pending().get(key);
    if (replaced != null) {
      new PendingChanges(vm, call.rights(), line -> {}).detach(Drive.parse(key, replaced));
    }
    vm.pending().putAll(maker.make(Map.of(key, value)));
    if (!bootOrder.isEmpty() && !bootOrder.contains(key) && Drive.parse(key, value).isRealCdrom()) {
      bootOrder.add(key);
      vm.pending().put("boot", bootText(bootOrder));
    }
  }

  private void checkBootDevices(Vm vm, String value) {
    for (var device : order(value)) {
      var exists =
          vm.config().containsKey(device)
              || vm.pending().containsKey(device)
              || settings.values().containsKey(device);
      if (!exists || deletes.contains(device)) {
        throw Refusal.die("invalid bootorder: device '" + device + "' does not exist'");
      }
    }
    if (!order(value).isEmpty() && vm.get("bootdisk") != null) {
      vm.pendingDelete().add("bootdisk", false);
    }
  }

  static String bootText(List<String> order) {
    return order.isEmpty() ? " " : "order=" + String.join(";", order);
  }

  /** Keeps a value as a configuration file would give it back; what would be nothing goes. */
  private void put(Vm vm, String key, String value) {
    var kept = settings.normalised(key, value);
    if (kept.isEmpty()) {
      if (vm.get(key) != null) {
        vm.pendingDelete().add(key, false);
      }
      return;
    }
    vm.pending().put(key, kept);
    if (key.equals("ostype") && !settings.values().containsKey("machine")) {
      pinMachine(vm, kept);
    }
  }

  /** A VM that becomes a Windows guest keeps the machine it has now. */
  private static void pinMachine(Vm vm, String ostype) {
    var wanted = vm.effective();
    wanted.put("ostype", ostype);
    CreateVm.pinWindows(wanted);
    var machine = wanted.get("machine");
    if (machine != null && !machine.equals(vm.effective().get("machine"))) {
      vm.pending().put("machine", machine);
    }
  }

  /** {@code smp} is a name of old: it sets the sockets and leaves one core in each. */
  private static void resolveSmp(Vm vm) {
    var smp = vm.pending().remove("smp");
    if (smp != null && !vm.config().containsKey("sockets")) {
      vm.pending().put("sockets", smp);
      vm.config().remove("cores");
      vm.pending().remove("cores");
    }
  }
}
