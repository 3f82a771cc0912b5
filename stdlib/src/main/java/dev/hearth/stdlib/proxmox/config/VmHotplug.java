package dev.hearth.stdlib.proxmox.config;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a running VM takes at once. */
final class VmHotplug implements Hotplug {
  /** What the running process never sees. */
  private static final Set<String> HARMLESS =
      Set.of(
          "description",
          "hookscript",
          "lock",
          "migrate_downtime",
          "migrate_speed",
          "name",
          "onboot",
          "protection",
          "shares",
          "startup",
          "tags",
          "vmstatestorage");

  private static final Set<String> AGENT_HOT =
      Set.of("fstrim_cloned_disks", "freeze-fs-on-backup", "freeze-fs");

  private final Map<String, String> config;
  private final KeyTable keys;

  VmHotplug(Map<String, String> config, KeyTable keys) {
    this.config = config;
    this.keys = keys;
  }

  @Override
  public boolean isAtOnce(String key, @Nullable String value) {
    return value == null ? canUnplug(key) : canPlug(key, value);
  }

  private Set<String> features() {
    var features = config.getOrDefault("hotplug", "1");
    return switch (features) {
      case "1" -> Set.copyOf(Lists.split(USUAL));
      case "0" -> Set.of();
      default -> Set.copyOf(Lists.split(features));
    };
  }

  private boolean canUnplug(String key) {
    return switch (family(key)) {
      case "net" -> features().contains("network");
      case "scsi", "virtio" -> features().contains("disk");
      case "usb", "tablet" -> features().contains("usb");
      case "memory" -> features().contains("memory");
      case "vcpus" -> features().contains("cpu");
      case "cpuunits", "cpulimit" -> true;
      case "balloon" -> !"0".equals(config.get("balloon"));
      case "hotplug" -> !plugsMore(config.getOrDefault("hotplug", ""));
      default -> HARMLESS.contains(key) || CloudInitKeys.contain(key);
    };
  }

  private boolean canPlug(String key, String value) {
    return switch (family(key)) {
      case "net" -> features().contains("network") || sameCard(key, value);
      case "ide", "sata" -> changesOnlyDisc(key, value);
      case "scsi", "virtio" -> isCloudInit(key, value) || features().contains("disk");
      case "memory" -> features().contains("memory");
      case "vcpus" -> features().contains("cpu");
      case "usb", "tablet" -> features().contains("usb");
      case "cpuunits", "cpulimit" -> true;
      case "balloon" -> "0".equals(config.get("balloon")) == value.equals("0");
      case "agent" -> sameAgent(value);
      case "hotplug" -> !plugsMore(value) && !plugsMore(config.getOrDefault("hotplug", ""));
      default -> HARMLESS.contains(key) || CloudInitKeys.contain(key);
    };
  }

  private static String family(String key) {
    return key.replaceAll("\\d+$", "");
  }

  /** Processors and memory can be plugged only into a VM that was started for it. */
  private static boolean plugsMore(String features) {
    return features.matches(".*(cpu|memory).*");
  }

  /** Whether only what the host sees of a network card changes: bridge, VLAN, rate, link. */
  private boolean sameCard(String key, String value) {
    var old = config.get(key);
    if (old == null) {
      return false;
    }
    var mine = NetFormat.NET.parse(old);
    var wanted = NetFormat.NET.parse(value);
    return mine.get("model").equals(wanted.get("model"))
        && mine.get("macaddr").equals(wanted.get("macaddr"))
        && mine.get("queues").equals(wanted.get("queues"));
  }

  /** Buses that cannot be plugged at run time still let a disc be changed. */
  private boolean changesOnlyDisc(String key, String value) {
    var old = config.get(key);
    return old != null && isRealCdrom(key, old) && isRealCdrom(key, value);
  }

  private static boolean isRealCdrom(String key, String value) {
    var drive = DriveFormats.of(key).parse(value);
    return drive.get("media").filter("cdrom"::equals).isPresent() && !isCloudInit(key, value);
  }

  private static boolean isCloudInit(String key, String value) {
    return DriveFormats.isCloudInit(DriveFormats.of(key).parse(value).get("file").orElse(""));
  }

  private boolean sameAgent(String value) {
    var old = config.get("agent");
    var type = keys.find("agent").orElseThrow().type();
    if (old == null || !(type.format() instanceof PropertyFormat format)) {
      return false;
    }
    return format.parse(old).sameAs(format.parse(value), AGENT_HOT);
  }
}
