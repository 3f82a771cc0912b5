package dev.hearth.stdlib.proxmox.config;

import java.util.Optional;
import java.util.Set;

/**
 * Which privilege a guest's configuration keys ask for, as far as their values do not matter. For
 * {@link CloudInitKeys} either of two is enough.
 */
public final class KeyPrivileges {
  private static final Set<String> CPU =
      Set.of("cores", "cpu", "cpulimit", "cpuunits", "numa", "smp", "sockets", "vcpus");
  private static final Set<String> MEMORY = Set.of("memory", "balloon", "shares", "allow-ksm");
  private static final Set<String> HARDWARE =
      Set.of(
          "acpi",
          "hotplug",
          "kvm",
          "machine",
          "scsihw",
          "smbios1",
          "tablet",
          "vga",
          "watchdog",
          "audio0",
          "rng0");
  private static final Set<String> GENERAL =
      Set.of(
          "agent",
          "autostart",
          "bios",
          "description",
          "keyboard",
          "localtime",
          "migrate_downtime",
          "migrate_speed",
          "name",
          "onboot",
          "ostype",
          "protection",
          "reboot",
          "startdate",
          "startup",
          "tdf",
          "template");
  private static final Set<String> DISK = Set.of("boot", "bootdisk", "vmstatestorage");

  private KeyPrivileges() {}

  /** What setting a key of a VM asks for; empty for what only root can set. */
  public static Optional<String> ofVm(String key) {
    if (CPU.contains(key) || key.matches("numa\\d+")) {
      return Optional.of("VM.Config.CPU");
    }
    if (MEMORY.contains(key)) {
      return Optional.of("VM.Config.Memory");
    }
    if (HARDWARE.contains(key)) {
      return Optional.of("VM.Config.HWType");
    }
    if (GENERAL.contains(key)) {
      return Optional.of("VM.Config.Options");
    }
    if (key.equals("freeze")) {
      return Optional.of("VM.PowerMgmt");
    }
    if (DISK.contains(key)) {
      return Optional.of("VM.Config.Disk");
    }
    return key.matches("net\\d+") ? Optional.of("VM.Config.Network") : Optional.empty();
  }

  /** What setting a key of a container asks for. */
  public static String ofContainer(String key) {
    return switch (key) {
      case "cores", "cpuunits", "cpulimit" -> "VM.Config.CPU";
      case "memory", "swap" -> "VM.Config.Memory";
      case "nameserver", "searchdomain", "hostname" -> "VM.Config.Network";
      default -> {
        if (key.matches("rootfs|(mp|unused)\\d+")) {
          yield "VM.Config.Disk";
        }
        yield key.matches("net\\d+") ? "VM.Config.Network" : "VM.Config.Options";
      }
    };
  }
}
