package dev.hearth.stdlib.proxmox.sim;

import dev.hearth.stdlib.proxmox.sim.storage.FileFacts;
import dev.hearth.stdlib.proxmox.sim.storage.Volume;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Storages and what lies on them. */
final class StorageArea implements Area {
  /** Before these, what was made under a name that they use again was removed. */
  private static final Set<Integer> AFRESH =
      Set.of(1178, 1180, 1182, 1184, 1186, 1191, 1195, 1197, 1203, 1205, 1207, 1215);

  private static final List<String> TRIED =
      List.of("labx", "labnfs", "labnfs2", "labcifs", "lablvm", "labzfs", "labpbs", "labbtrfs");

  @Override
  public Map<String, Integer> alike() {
    return Map.of("storage", 133);
  }

  @Override
  public Map<Integer, String> notCompared() {
    return Map.of(1210, "figures over time are not conformance, says the recordings' README");
  }

  @Override
  public void prepare(Offstage stage) {
    stage.post(
        "/nodes/pve/qemu",
        "vmid=830",
        "name=stvm",
        "memory=64",
        "scsi0=local:1",
        "boot=order=scsi0");
    stage.byHand(
        world -> {
          file(world, "iso/rt.iso", "iso", "raw", RecordedWorld.ISO_BYTES);
          for (var name : List.of("hook.pl", "u.yaml", "v.yaml")) {
            file(world, "snippets/" + name, "snippets", "raw", 17);
          }
        });
    stage.post(
        "/storage", "storage=lab3", "type=dir", "path=/var/lib/vz/lab3", "content=images,iso");
  }

  private static void file(World world, String name, String content, String format, int bytes) {
    var facts = RecordedWorld.facts(new byte[bytes]);
    world.storages().at("pve", "local").put(Volume.file(name, content, format, facts, world.now()));
  }

  @Override
  public void before(int number, Offstage stage) {
    if (AFRESH.contains(number)) {
      stage.byHand(world -> TRIED.forEach(world.storages()::remove));
    }
    switch (number) {
      case 1129 -> {
        stage.delete("/storage/labx");
        stage.post(
            "/storage",
            "storage=labx",
            "type=dir",
            "path=/var/lib/vz/labx",
            "content=iso,vztmpl,backup,snippets",
            "nodes=pve",
            "shared=1",
            "format=qcow2",
            "preallocation=off",
            "mkdir=1",
            "create-subdirs=0",
            "is_mountpoint=no",
            "max-protected-backups=-1",
            "prune-backups=keep-last=3,keep-daily=7",
            "bwlimit=default=500,clone=1000",
            "content-dirs=iso=myiso");
      }
      case 1159 -> stage.put("/storage/lab3", "nodes=othernode");
      case 1161 -> stage.put("/storage/lab3", "delete=nodes");
      case 1167 -> stage.digest("03e832d948d9fe1a6f011f9fd09f865266988f0f", "/storage/lab3");
      case 1235 -> stage.byHand(StorageArea::addBackups);
      case 1237 -> {
        var oldest =
            "/nodes/pve/storage/local/content/local:backup/vzdump-qemu-830-2026_11_01-00_00_00.vma.zst";
        stage.put(oldest, "notes=keep me", "protected=1");
      }
      case 1291 -> {
        stage.post(
            "/storage", "storage=lab3", "type=dir", "path=/var/lib/vz/lab3", "content=images");
        stage.put("/nodes/pve/qemu/830/config", "scsi1=lab3:1");
      }
      default -> {
        // nothing was done
      }
    }
  }

  /** Files of one byte that are called like backups. */
  private static void addBackups(World world) {
    for (var day : List.of("01-00", "10-00", "20-00", "21-00", "21-12", "22-00")) {
      backup(world, "qemu-830-2026_11_" + day + "_00_00.vma.zst", 830);
    }
    backup(world, "qemu-830-renamed.vma.zst", 830);
    backup(world, "lxc-831-2026_11_20-00_00_00.tar.zst", 831);
  }

  private static void backup(World world, String name, int vmid) {
    var volume =
        Volume.file(
            "backup/vzdump-" + name,
            "backup",
            "raw",
            FileFacts.invented(name, 1, 512),
            Instant.parse("2026-11-23T00:00:00Z").getEpochSecond());
    world.storages().at("pve", "local").put(volume.named(volume.name(), vmid, null));
  }
}
