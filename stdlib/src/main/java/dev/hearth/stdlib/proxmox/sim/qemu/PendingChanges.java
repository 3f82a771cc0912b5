package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.config.Hotplug;
import dev.hearth.stdlib.proxmox.config.QemuKeys;
import dev.hearth.stdlib.proxmox.sim.access.Rights;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.guest.PendingDelete;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes what is pending hold: all of it while the VM is stopped, of a running one only what can be
 * changed under it.
 */
final class PendingChanges {
  private final Vm vm;
  private final Rights rights;
  private final Disks disks;
  private final Map<String, String> errors = new LinkedHashMap<>();

  PendingChanges(Vm vm, Rights rights, Consumer<String> log) {
    this.vm = vm;
    this.rights = rights;
    this.disks = new Disks(vm.world(), vm.node(), log);
  }

  /** Drops what is pending but would change nothing. */
  void forgetWhatHolds() {
    vm.pending()
        .entrySet()
        .removeIf(
            entry ->
                !entry.getKey().equals(PendingDelete.KEY)
                    && entry.getValue().equals(vm.get(entry.getKey())));
    for (var key : List.copyOf(vm.pendingDelete().keys())) {
      if (vm.get(key) == null) {
        vm.pendingDelete().remove(key);
      }
    }
  }

  /** Makes it hold as far as possible; refuses with all that went wrong. */
  void apply() {
    if (vm.pending().isEmpty()) {
      return;
    }
    if (vm.isRunning()) {
      hotplug();
    } else {
      coldplug();
    }
    vm.dropUnusedThatAreUsed();
    if (!errors.isEmpty()) {
      throw Refusal.parameters(errors);
    }
  }

  private void coldplug() {
    var deleted = vm.pendingDelete().entries();
    for (var key : new TreeSet<>(deleted.keySet())) {
      attempt(
          key,
          "unable to apply pending change " + key + " : ",
          () -> {
            removeDrive(key, deleted.getOrDefault(key, false));
            vm.pendingDelete().remove(key);
            vm.config().remove(key);
          });
    }
    forgetWhatHolds();
    for (var key : changedKeys()) {
      attempt(key, "unable to apply pending change " + key + " : ", () -> take(key));
    }
  }

  private List<String> changedKeys() {
    return vm.pending().keySet().stream().filter(key -> !key.equals(PendingDelete.KEY)).toList();
  }

  private void attempt(String key, String told, Runnable change) {
    try {
      change.run();
    } catch (Refusal e) {
      errors.put(key, told + e.text() + "\n");
    }
  }

  /** The pending value replaces the current one; a volume that is replaced is kept as unused. */
  private void take(String key) {
    var value = vm.pending().get(key);
    var old = vm.get(key);
    if (old != null && value != null && DriveKeys.isDrive(key)) {
      var oldDrive = Drive.parse(key, old);
      if (!oldDrive.file().equals(Drive.parse(key, value).file())) {
        detach(oldDrive);
      }
    }
    if (value != null) {
      vm.config().put(key, value);
      vm.pending().remove(key);
    }
  }

  private void removeDrive(String key, boolean force) {
    var value = vm.get(key);
    if (value == null || !DriveKeys.isDrive(key)) {
      return;
    }
    var drive = Drive.parse(key, value);
    if (force) {
      rights.check("/vms/" + vm.vmid(), "VM.Config.Disk");
      free(drive);
    } else {
      detach(drive);
    }
  }

  /** Takes a drive off the VM: its own volumes stay as unused ones, cloud-init drives go. */
  void detach(Drive drive) {
    if (drive.isCloudInit()) {
      drive.volume().ifPresent(disks::free);
    } else if (!drive.isCdrom() && isOwn(drive)) {
      vm.addUnused(drive.file());
    }
  }

  /** Removes a drive's volume for good, if it is the VM's own. */
  void free(Drive drive) {
    if (drive.isRealCdrom() || !isOwn(drive)) {
      return;
    }
    var id = drive.volume().orElseThrow();
    rights.check("/storage/" + id.storage(), "Datastore.AllocateSpace");
    if (isUsedElsewhere(drive)) {
      throw Refusal.die("unable to delete '" + id + "' - volume is still in use (snapshot?)");
    }
    disks.free(id);
  }

  /** Whether the drive's volume carries this VM's id. */
  private boolean isOwn(Drive drive) {
    return drive
        .volume()
        .filter(id -> vm.world().storages().exists(id.storage()))
        .map(id -> disks.storage(id.storage()).parse(id.volname()).vmid())
        .filter(owner -> owner == vm.vmid())
        .isPresent();
  }

  /** Whether another drive or a snapshot names the same volume. */
  boolean isUsedElsewhere(Drive drive) {
    var others =
        vm.drives().stream()
            .anyMatch(o -> !o.key().equals(drive.key()) && o.file().equals(drive.file()));
    return others || isInSnapshot(drive);
  }

  boolean isInSnapshot(Drive drive) {
    return vm.snapshots().values().stream()
        .flatMap(snapshot -> Drive.all(snapshot).stream())
        .anyMatch(other -> other.file().equals(drive.file()));
  }

  private void hotplug() {
    // Asked anew each time: what was plugged before decides over what comes after.
    BiPredicate<String, @Nullable String> canPlug =
        (key, value) ->
            Hotplug.ofVm(vm.config(), QemuKeys.ofVersion(vm.world().major())).isAtOnce(key, value);
    var deleted = vm.pendingDelete().entries();
    for (var key : new TreeSet<>(deleted.keySet())) {
      if (canPlug.test(key, null)) {
        attempt(
            key,
            "hotplug problem - ",
            () -> {
              removeDrive(key, deleted.getOrDefault(key, false));
              CloudInitChanges.remember(vm, key, vm.get(key), null);
              vm.config().remove(key);
              vm.pendingDelete().remove(key);
            });
      }
    }
    for (var key : changedKeys()) {
      var value = vm.pending().getOrDefault(key, "");
      if (canPlug.test(key, value)) {
        attempt(
            key,
            "hotplug problem - ",
            () -> {
              CloudInitChanges.remember(vm, key, vm.get(key), value);
              take(key);
            });
      }
    }
  }
}
