package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.CloudInitKeys;
import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.config.KeyPrivileges;
import dev.hearth.stdlib.proxmox.config.NetFormat;
import dev.hearth.stdlib.proxmox.sim.access.Rights;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.BridgeRights;
import dev.hearth.stdlib.proxmox.sim.guest.GuestRights;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which privilege each configuration key asks for. Keys of no class are root's alone, and a token
 * of root's is not root.
 *
 * @param pool the pool that a new VM goes to, whose rights then count as well
 */
record OptionRights(World world, Rights rights, int vmid, @Nullable String pool) {
  /** Refuses unless the caller may set or delete all of these keys, whatever their values. */
  void check(Collection<String> keys) {
    if (rights.isRoot()) {
      return;
    }
    for (var key : new TreeSet<>(keys)) {
      if (!dependsOnValue(key)) {
        check(key);
      }
    }
  }

  private static boolean dependsOnValue(String key) {
    return DriveKeys.isDrive(key)
        || key.equals("cdrom")
        || key.equals("tags")
        || key.matches("(unused|serial|usb|hostpci|virtiofs)\\d+");
  }

  private void check(String key) {
    if (CloudInitKeys.contain(key)) {
      cloudInit();
      return;
    }
    vm(
        KeyPrivileges.ofVm(key)
            .orElseThrow(() -> Refusal.die("only root can set '" + key + "' config")));
    if (key.equals("startup")) {
      rights.check("/", "Sys.Modify"); // it changes how the node behaves
    }
  }

  /** Refuses unless the caller has this privilege on the VM, or on the pool it goes to. */
  void vm(String privilege) {
    new GuestRights(rights, vmid, pool).need(privilege);
  }

  private void cloudInit() {
    var wanted =
        world.major() < 8
            ? new String[] {"VM.Config.Options", "VM.Config.Network"}
            : new String[] {"VM.Config.Cloudinit", "VM.Config.Network"};
    if (pool == null || !rights.hasAny("/pool/" + pool, wanted)) {
      rights.checkAny("/vms/" + vmid, wanted);
    }
  }

  /** Refuses unless the caller may attach or detach this drive. */
  void drive(String key, String value) {
    if (Drive.parse(key, value).isRealCdrom()) {
      vm("VM.Config.CDROM");
    } else if (Drive.parse(key, value).isCloudInit()) {
      if (pool != null
          && rights.hasAny("/pool/" + pool, "VM.Config.Cloudinit", "VM.Config.CDROM")) {
        return;
      }
      rights.checkAny("/vms/" + vmid, "VM.Config.Cloudinit", "VM.Config.CDROM");
    } else {
      vm("VM.Config.Disk");
    }
  }

  /** Refuses real devices of the host to all but root. */
  void devices(Map<String, String> settings, String verb) {
    settings.forEach((key, value) -> device(key, value, verb));
  }

  private void device(String key, String value, String verb) {
    if (rights.isRoot()) {
      return;
    }
    if (key.matches("serial\\d+")) {
      if (!value.equals("socket")) {
        throw Refusal.die("only root can " + verb + " '" + key + "' config for real devices");
      }
      vm("VM.Config.HWType");
    } else if (key.matches("usb\\d+")) {
      mapped(key, value, "usb", "real", value.toLowerCase(java.util.Locale.ROOT).contains("spice"));
    } else if (key.matches("hostpci\\d+")) {
      mapped(key, value, "pci", "non-mapped", false);
    } else if (key.matches("virtiofs\\d+")) {
      var directory = value.replaceFirst("^(.*,)?dirid=", "").replaceFirst(",.*", "");
      rights.check("/mapping/dir/" + directory, "Mapping.Use");
      vm("VM.Config.Disk");
    }
  }

  private void mapped(String key, String value, String kind, String other, boolean harmless) {
    var mapping = value.matches("(?:.*,)?mapping=[^,]+.*");
    if (!mapping && !harmless) {
      throw Refusal.die("only root can set '" + key + "' config for " + other + " devices");
    }
    if (mapping) {
      var name = value.replaceFirst("^(?:.*,)?mapping=([^,]+).*", "$1");
      rights.check("/mapping/" + kind + "/" + name, "Mapping.Use");
    }
    vm("VM.Config.HWType");
  }

  /** Refuses unless the caller may use the bridges and VLANs of these network cards. */
  void bridges(Map<String, String> settings) {
    if (rights.isRoot() || world.major() < 8) {
      return;
    }
    for (var key : new TreeSet<>(settings.keySet())) {
      if (key.matches("net\\d+")) {
        bridge(settings.getOrDefault(key, ""));
      }
    }
  }

  private void bridge(String value) {
    new BridgeRights(rights).check(NetFormat.NET.parse(value));
  }
}
