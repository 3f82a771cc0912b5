package dev.hearth.stdlib.templates;

import dev.hearth.stdlib.templates.Specification.Disk;
import dev.hearth.stdlib.templates.Specification.Hardware;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The machine of a wish, and its disks. */
final class HardwareReader {
  static final List<String> FIELDS =
      List.of(
          "cpu",
          "cores",
          "sockets",
          "memory",
          "ballooning",
          "disks",
          "firmware",
          "secureBoot",
          "tpm",
          "machine",
          "display");

  private static final List<String> DISPLAYS =
      List.of("std", "virtio", "virtio-gl", "qxl", "vmware", "cirrus", "serial0", "none");

  private static final Pattern CPU = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.+-]*");

  /** The levels of x86-64 of the types that say theirs; others are as the host is. */
  private static final Map<String, Integer> LEVELS =
      Map.of(
          "kvm64",
          1,
          "qemu64",
          1,
          "x86-64-v2",
          2,
          "x86-64-v2-AES",
          2,
          "x86-64-v3",
          3,
          "x86-64-v4",
          4);

  private static final int USUAL_MEMORY_MIB = 2048;
  private static final int USUAL_DISK_GIB = 10;
  private static final int MOST_DISKS =
      29; // scsi0 to scsi30 without the place of the cloud-init drive

  private final Fields wish;
  private final ImageFacts image;

  HardwareReader(Fields wish, ImageFacts image) {
    this.wish = wish;
    this.image = image;
  }

  Hardware hardware() {
    int memory =
        wish.size("memory", true, 16).orElse(Math.max(USUAL_MEMORY_MIB, image.memoryMiB()));
    if (memory < image.memoryMiB()) {
      wish.fault(
          "memory",
          "is %d MiB, and %s needs %d to set itself up"
              .formatted(memory, image.called(), image.memoryMiB()));
    }
    var firmware = firmware();
    boolean uefi = firmware.equals("uefi");
    return new Hardware(
        cpu(),
        wish.number("cores", 1, 8192).orElse(2),
        wish.number("sockets", 1, 128).orElse(1),
        memory,
        balloon(memory),
        firmware,
        secureBoot(uefi),
        wish.flag("tpm").orElse(false),
        wish.choice("machine", uefi ? "q35" : "i440fx", List.of("i440fx", "q35")),
        wish.choice("display", "std", DISPLAYS),
        "freebsd".equals(image.family()) ? "other" : "l26");
  }

  private String cpu() {
    var cpu =
        wish.matching("cpu", CPU, "a CPU type of Proxmox, such as `host` or `x86-64-v3`")
            .orElse(image.cpu());
    int needed = image.cpuLevel().charAt(image.cpuLevel().length() - 1) - '0';
    if (LEVELS.getOrDefault(cpu, needed) < needed) {
      wish.fault(
          "cpu",
          "is `%s`, on which %s does not start".formatted(cpu, image.called()),
          "Take `" + image.cpu() + "`, or `host`.");
    }
    return cpu;
  }

  /** True for what Proxmox makes of it, or how little memory may be left. */
  private int balloon(int memory) {
    if (!wish.has("ballooning")) {
      return memory;
    }
    if (wish.isFlag("ballooning")) {
      return wish.flag("ballooning").orElse(true) ? memory : 0;
    }
    int least = wish.size("ballooning", true, 0).orElse(memory);
    if (least > memory) {
      wish.fault("ballooning", "is more than `memory`");
    }
    return least;
  }

  private String firmware() {
    var usual = image.firmware().contains("bios") ? "bios" : "uefi";
    var firmware = wish.choice("firmware", usual, List.of("bios", "uefi"));
    if (!image.firmware().contains(firmware)) {
      wish.fault(
          "firmware",
          "is `%s`, by which %s does not start".formatted(firmware, image.called()),
          "Take `" + usual + "`.");
    }
    return firmware;
  }

  private boolean secureBoot(boolean uefi) {
    boolean wanted = wish.flag("secureBoot").orElse(false);
    if (wanted && !uefi) {
      wish.fault("secureBoot", "needs `firmware: 'uefi'`");
    } else if (wanted && !image.secureBoot()) {
      wish.fault("secureBoot", "cannot be on: the loader of " + image.called() + " is not signed");
    }
    return wanted;
  }

  /** The first is the image's own. */
  List<Disk> disks(String storage) {
    List<Disk> disks = new ArrayList<>();
    for (var disk : wish.objects("disks")) {
      disks.add(disk(disk, disks.isEmpty(), storage));
    }
    if (disks.size() > MOST_DISKS) {
      wish.fault("disks", "are more than the " + MOST_DISKS + " that a machine can have");
    }
    return disks.isEmpty() ? List.of(new Disk(usualSize(), storage, true, true)) : disks;
  }

  private Disk disk(Fields disk, boolean isFirst, String storage) {
    disk.only(List.of("size", "storage", "ssd", "discard"));
    var size = disk.size("size", false, 1).orElse(isFirst ? usualSize() : null);
    if (!isFirst && !disk.has("size")) {
      disk.fault("size", "is missing");
    }
    if (size != null && !isFirst) {
      requireWholeGib(disk, size);
    }
    if (size != null && isFirst && size < image.diskGiB() * 1024) {
      disk.fault(
          "size",
          "is less than the %d GiB that %s needs".formatted(image.diskGiB(), image.called()));
    }
    return new Disk(
        size,
        disk.matching("storage", SpecificationReader.PLAIN, SpecificationReader.A_STORAGE)
            .orElse(storage),
        disk.flag("ssd").orElse(true),
        disk.flag("discard").orElse(true));
  }

  /** Of a disk that is made empty. */
  static void requireWholeGib(Fields disk, int mebibytes) {
    if (mebibytes % 1024 != 0) {
      disk.fault("size", "has to be whole GiB: Proxmox makes no other disks");
    }
  }

  private @Nullable Integer usualSize() {
    return image.isKnown() ? Math.max(USUAL_DISK_GIB, image.diskGiB()) * 1024 : null;
  }
}
