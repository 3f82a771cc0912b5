package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.CloudInitKeys;
import dev.hearth.stdlib.proxmox.config.QemuKeys;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.guest.ConfigAnswer;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods that only look. */
final class QemuReads {
  private static final String STARS = "**********";

  private QemuReads() {}

  static Vm vm(Call call) {
    return Vm.load(call.world(), call.node(), call.params().integer("vmid"));
  }

  static ConfigAnswer answer(Call call) {
    return new ConfigAnswer(QemuKeys.ofVersion(call.world().major()));
  }

  /** The node's VMs, as far as the caller may see them. */
  static Object list(Call call) {
    var isFull = call.params().flag("full");
    return GuestKind.VM.seenBy(call).stream()
        .map(guest -> new VmStatus(Vm.of(call.world(), guest)))
        .map(status -> isFull ? status.full() : status.listed())
        .toList();
  }

  static Object index(Call call) {
    vm(call);
    return subfolders(
        "config",
        "cloudinit",
        "pending",
        "status",
        "unlink",
        "vncproxy",
        "termproxy",
        "migrate",
        "resize",
        "move",
        "rrd",
        "rrddata",
        "monitor",
        "agent",
        "snapshot",
        "spiceproxy",
        "sendkey",
        "firewall",
        "mtunnel",
        "remote_migrate");
  }

  static Object powerIndex(Call call) {
    vm(call);
    return subfolders("current", "start", "stop", "reset", "shutdown", "suspend", "reboot");
  }

  private static Object subfolders(String... names) {
    return Arrays.stream(names).map(name -> Item.of("subdir", name)).toList();
  }

  static Object status(Call call) {
    return new VmStatus(vm(call)).current();
  }

  static Object config(Call call) {
    return answer(call).of(call.params(), () -> vm(call));
  }

  static Object pending(Call call) {
    return answer(call).pending(vm(call));
  }

  static Object cloudInit(Call call) {
    var vm = vm(call);
    var items = new ArrayList<Map<String, Object>>();
    for (var key : CloudInitKeys.SINGLE) {
      var value = vm.get(key);
      if (value != null) {
        items.add(changed(vm, key, value));
      }
    }
    CloudInitChanges.all(vm)
        .forEach(
            (key, old) -> {
              if (vm.get(key) == null) {
                items.add(Map.of("key", key, "delete", 1));
              }
            });
    return items;
  }

  private static Map<String, Object> changed(Vm vm, String key, String value) {
    var item = new LinkedHashMap<String, Object>();
    item.put("key", key);
    var old = CloudInitChanges.old(vm, key);
    if (CloudInitChanges.isAdded(vm, key)) {
      item.put("pending", shown(key, value));
    } else if (old == null) {
      item.put("value", shown(key, value));
    } else {
      item.put("value", shown(key, old));
      item.put("pending", shown(key, value));
    }
    return item;
  }

  private static String shown(String key, String value) {
    return key.equals("cipassword") ? STARS : value;
  }

  static Object cloudInitDump(Call call) {
    return new CloudInitData(vm(call)).of(call.params().text("type"));
  }

  static @Nullable Object regenerateCloudInit(Call call) {
    var vm = vm(call);
    return Vm.locked(
        call.world(),
        vm.vmid(),
        () -> {
          CloudInitChanges.forget(vm);
          return null;
        });
  }

  /** Whether every disk of a VM can do something. */
  static Object feature(Call call) {
    var vm = vm(call);
    var snapshot = call.params().find("snapname");
    var config = snapshot == null ? vm.config() : vm.snapshot(snapshot);
    var disks = new Disks(call.world(), call.node(), line -> {});
    var feature = call.params().text("feature");
    var all =
        Drive.all(config).stream()
            .filter(drive -> !drive.isCdrom())
            .allMatch(
                drive ->
                    drive
                        .volume()
                        .filter(id -> disks.can(feature, id, snapshot != null))
                        .isPresent());
    return Map.of("hasFeature", all ? 1 : 0, "nodes", List.of(call.node()));
  }
}
