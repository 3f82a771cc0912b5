package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.storage.Storages;
import dev.hearth.stdlib.proxmox.sim.storage.Storages.VolumeId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the drives that a configuration asks for: new disks, imported ones, cloud-init drives, and
 * volumes that are there already. What it made is freed again when one of them fails.
 */
final class DriveMaker {
  private static final long CLOUD_INIT_BYTES = 4L << 20;
  private static final long TPM_BYTES = 4L << 20;
  private static final long EFI_4M_BYTES = 528L << 10;
  private static final long EFI_2M_BYTES = 128L << 10;

  private final Vm vm;
  private final Disks disks;
  private final Consumer<String> log;
  private final @Nullable String defaultStorage;
  private final List<VolumeId> made = new ArrayList<>();
  private final Map<String, String> result = new LinkedHashMap<>();

  /**
   * @param defaultStorage where new disks go that name no storage
   */
  DriveMaker(Vm vm, Disks disks, Consumer<String> log, @Nullable String defaultStorage) {
    this.vm = vm;
    this.disks = disks;
    this.log = log;
    this.defaultStorage = defaultStorage;
  }

  /** Makes the drives among these settings and returns how the configuration names them. */
  Map<String, String> make(Map<String, String> settings) {
    try {
      for (var key : DriveKeys.ALL) {
        var value = settings.get(key);
        if (value != null) {
          make(Drive.parse(key, value));
        }
      }
    } catch (Refusal e) {
      made.forEach(disks::free);
      throw e;
    }
    return result;
  }

  private void make(Drive drive) {
    var file = drive.file();
    var newDisk = drive.newDisk();
    if (file.equals("none") || file.equals("cdrom")) {
      if (DriveKeys.isBootable(drive.key())) {
        keep(drive.without("size"));
      }
    } else if (file.endsWith(":cloudinit")) {
      makeCloudInit(drive, Storages.split(file).storage());
    } else if (newDisk.isPresent()) {
      makeDisk(drive, newDisk.get());
    } else {
      take(drive);
    }
  }

  private void keep(Drive drive) {
    result.put(drive.key(), drive.text());
  }

  private void created(Drive drive) {
    keep(drive);
    log.accept(drive.key() + ": successfully created disk '" + drive.text() + "'");
  }

  private void makeCloudInit(Drive drive, String storageId) {
    checkNoOther(drive.key(), vm.config());
    checkNoOther(drive.key(), vm.pending());
    checkNoOther(drive.key(), result);
    var files = disks.storage(storageId).config().isFiles();
    var format = drive.options().get("format").orElse(files ? "qcow2" : "raw");
    var name = "vm-" + vm.vmid() + "-cloudinit" + (files ? "." + format : "");
    var volume = disks.allocate(storageId, vm.vmid(), format, name, CLOUD_INIT_BYTES);
    made.add(volume);
    var ready = drive.withFile(volume.toString()).without("size");
    created(new Drive(drive.key(), ready.options().with("media", "cdrom")));
  }

  private static void checkNoOther(String key, Map<String, String> config) {
    for (var other : Drive.all(config)) {
      if (!other.key().equals(key) && other.isCloudInit()) {
        throw Refusal.die(key + " - cloud-init drive is already attached at '" + other.key() + "'");
      }
    }
  }

  private void makeDisk(Drive drive, Drive.NewDisk wanted) {
    var storageId = wanted.storage() == null ? defaultStorage : wanted.storage();
    if (storageId == null) {
      throw Refusal.die("no storage ID specified (and no default storage)");
    }
    var source = drive.options().get("import-from").orElse(null);
    if (source != null) {
      importDisk(drive, storageId, source);
      return;
    }
    var usual = drive.key().equals("tpmstate0") ? "raw" : Disks.defaultFormat();
    var format = drive.options().get("format").orElse(usual);
    var volume =
        disks.allocate(storageId, vm.vmid(), format, null, bytes(drive, wanted.gibibytes()));
    made.add(volume);
    created(drive.withFile(volume.toString()).withBytes(disks.get(volume).virtualBytes()));
  }

  private static long bytes(Drive drive, String gibibytes) {
    return switch (drive.key()) {
      case "efidisk0" -> efiBytes(drive);
      case "tpmstate0" -> TPM_BYTES;
      default -> new BigDecimal(gibibytes).multiply(BigDecimal.valueOf(1L << 20)).longValue() << 10;
    };
  }

  /** The size of the variable store that belongs to an EFI drive's type. */
  static long efiBytes(Drive drive) {
    return drive.options().get("efitype").filter("4m"::equals).isPresent()
        ? EFI_4M_BYTES
        : EFI_2M_BYTES;
  }

  private void importDisk(Drive drive, String storageId, String source) {
    if (source.startsWith("/")) {
      throw Refusal.die("failed to stat '" + source + "'");
    }
    var id = Storages.split(source);
    var path = disks.storage(id.storage()).path(id.volname());
    var image = disks.find(id).orElseThrow(() -> Refusal.die("failed to stat '" + path + "'"));
    log.accept("create full clone of drive (" + source + ")");
    var target = disks.storage(storageId);
    var wanted = drive.options().get("format").orElse(image.format());
    var volume =
        disks.allocate(
            storageId, vm.vmid(), Disks.formatFor(target, wanted), null, image.virtualBytes());
    made.add(volume);
    disks.copied(image.virtualBytes());
    GuestSystem.install(vm.state(), drive.key(), image);
    created(drive.withFile(volume.toString()).withBytes(disks.get(volume).virtualBytes()));
  }

  private void take(Drive drive) {
    var id = drive.volume().orElse(null);
    if (id == null) {
      throw Refusal.die("volume " + drive.file() + " does not exist");
    }
    var old = vm.get(drive.key());
    var stays = old != null && Drive.parse(drive.key(), old).file().equals(drive.file());
    // a volume that stays is not looked for; all others must exist
    var volume = stays ? disks.find(id).orElse(null) : disks.get(id);
    keep(volume == null ? drive : drive.withBytes(volume.virtualBytes()));
  }
}
