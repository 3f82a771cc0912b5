package dev.hearth.stdlib.proxmox.sim.backup;

import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.BackupVolume;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.storage.Archive;
import dev.hearth.stdlib.proxmox.sim.storage.BackupName;
import dev.hearth.stdlib.proxmox.sim.storage.Storage;
import dev.hearth.stdlib.proxmox.sim.storage.Volume;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One run of vzdump: guest after guest on one node, and never two runs at once there. A guest that
 * cannot be saved does not keep the others from it; the run then ends with {@code job errors}.
 */
final class BackupRun {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String RUNNING = "running";

  /** What is known of a guest because of what lies on its disks. */
  private static final Set<String> SYSTEM = Set.of("system", "agent", "used");

  private final Call call;
  private final Map<String, String> options;
  private final List<Integer> vmids;

  BackupRun(Call call, Map<String, String> options, List<Integer> vmids) {
    this.call = call;
    this.options = options;
    this.vmids = vmids;
  }

  void run(TaskRun task) {
    var lock = "/var/run/vzdump.lock/" + call.node();
    var patience = Duration.ofMinutes(Long.parseLong(options.getOrDefault("lockwait", "180")));
    if (world().locks().isHeld(lock)) {
      task.log("INFO: trying to get global lock - waiting...");
    }
    boolean allWell = world().locks().hold(lock, patience, () -> all(task));
    if (!allWell) {
      throw Refusal.die("job errors");
    }
  }

  private boolean all(TaskRun task) {
    task.log("INFO: starting new backup job: " + commandLine());
    boolean isWell = true;
    for (var vmid : vmids) {
      isWell &= one(vmid, task);
    }
    task.log("INFO: Backup job finished " + (isWell ? "successfully" : "with errors"));
    return isWell;
  }

  private String commandLine() {
    var text = new StringBuilder("vzdump");
    Lists.split(options.getOrDefault("vmid", "")).forEach(id -> text.append(' ').append(id));
    new TreeMap<>(options)
        .forEach(
            (name, value) -> {
              if (!name.equals("vmid") && !value.isEmpty()) {
                var isPlain = value.matches("[\\w@%+=:,./-]+");
                text.append(" --").append(name).append(' ');
                text.append(isPlain ? value : "'" + value + "'");
              }
            });
    return text.append(" --node ").append(call.node()).toString();
  }

  /** Saves one guest; tells in the log why it could not. */
  private boolean one(int vmid, TaskRun task) {
    var guest = world().guests().get(vmid);
    if (guest == null) {
      task.log("ERROR: Backup of VM " + vmid + " failed - unable to find VM '" + vmid + "'");
      return false;
    }
    if (!call.rights().has("/vms/" + vmid, "VM.Backup")) {
      if ("1".equals(options.get("all"))) {
        return true; // of all, those that one may save
      }
      call.rights().check("/vms/" + vmid, "VM.Backup");
    }
    task.log("INFO: Starting Backup of VM " + vmid + " (" + guest.type() + ")");
    task.log("INFO: Backup started at " + TIME.format(world().clock().now()));
    var started = world().clock().now();
    try {
      save(guest, task);
    } catch (Refusal e) {
      task.log("ERROR: Backup of VM " + vmid + " failed - " + e.text());
      task.log("INFO: Failed at " + TIME.format(world().clock().now()));
      return false;
    }
    task.log("INFO: Finished Backup of VM " + vmid + " (" + duration(started) + ")");
    task.log("INFO: Backup finished at " + TIME.format(world().clock().now()));
    return true;
  }

  private String duration(Instant started) {
    var took = Duration.between(started, world().clock().now());
    return String.format(
        Locale.ROOT, "%02d:%02d:%02d", took.toHours(), took.toMinutesPart(), took.toSecondsPart());
  }

  private void save(Guest guest, TaskRun task) {
    var lock = guest.config().get("lock");
    if (lock != null) {
      throw Refusal.die((guest.isContainer() ? "CT" : "VM") + " is locked (" + lock + ")");
    }
    var storage = storage();
    var volumes = BackupSelection.volumes(guest);
    boolean isRunning = guest.isRunning();
    var mode = isRunning ? options.getOrDefault("mode", "snapshot") : "stop";
    task.log("INFO: status = " + (isRunning ? RUNNING : "stopped"));
    describe(guest, volumes, mode, task);
    var archive = archive(guest, volumes);
    var file = freeName(storage, guest);
    guest.config().put("lock", "backup");
    try {
      interrupt(guest, mode, isRunning, task);
      task.log("INFO: creating vzdump archive '" + storage.path("backup/" + file) + "'");
      copy(guest, archive, task);
      store(storage, guest, file, archive, task);
    } finally {
      guest.config().remove("lock");
      resume(guest, mode, isRunning, task);
    }
    prune(storage, guest, task);
  }

  private void describe(Guest guest, List<BackupVolume> volumes, String mode, TaskRun task) {
    if (guest.isContainer()) {
      task.log("INFO: CT Name: " + BackupSelection.name(guest));
      volumes.forEach(
          volume ->
              task.log(
                  "INFO: "
                      + (volume.isIncluded() ? "including" : "excluding")
                      + " mount point "
                      + volume.key()
                      + (volume.isIncluded()
                          ? " in backup"
                          : " from backup (" + volume.reason() + ")")));
    } else {
      task.log("INFO: VM Name: " + BackupSelection.name(guest));
      volumes.forEach(
          volume ->
              task.log(
                  volume.isIncluded()
                      ? "INFO: include disk '"
                          + volume.key()
                          + "' '"
                          + volume.source()
                          + "' "
                          + size(volume)
                      : "INFO: exclude disk '"
                          + volume.key()
                          + "' '"
                          + volume.source()
                          + "' ("
                          + volume.reason()
                          + ")"));
    }
    task.log("INFO: backup mode: " + mode);
    task.log("INFO: ionice priority: " + options.getOrDefault("ionice", "7"));
  }

  private String size(BackupVolume volume) {
    long bytes = bytes(volume);
    return bytes % (1L << 30) == 0 ? (bytes >> 30) + "G" : (bytes >> 20) + "M";
  }

  private long bytes(BackupVolume volume) {
    return volume
        .volume()
        .map(id -> new Disks(world(), call.node(), line -> {}).get(id).virtualBytes())
        .orElse(0L);
  }

  private Archive archive(Guest guest, List<BackupVolume> volumes) {
    var config = new TreeMap<>(guest.config());
    config.keySet().removeIf(key -> key.matches("unused\\d+|lock|parent|digest"));
    volumes.stream()
        .filter(volume -> !volume.isIncluded())
        .map(BackupVolume::key)
        .forEach(config::remove);
    var bytes =
        volumes.stream()
            .filter(BackupVolume::isIncluded)
            .collect(Collectors.toMap(BackupVolume::key, this::bytes));
    var system = new TreeMap<>(guest.state());
    system.keySet().retainAll(SYSTEM);
    return new Archive(guest.type(), config, system, bytes);
  }

  private static void interrupt(Guest guest, String mode, boolean isRunning, TaskRun task) {
    if (!isRunning) {
      if (!guest.isContainer()) {
        task.log("INFO: starting kvm to execute backup task");
      }
    } else if (mode.equals("stop")) {
      task.log("INFO: stopping virtual guest");
      guest.state().put("status", "stopped");
    } else if (mode.equals("suspend")) {
      task.log("INFO: suspending guest");
    } else if (guest.isContainer()) {
      task.log("INFO: create storage snapshot 'vzdump'");
    }
  }

  private void copy(Guest guest, Archive archive, TaskRun task) {
    long total = archive.bytes().values().stream().mapToLong(Long::longValue).sum();
    if (guest.isContainer()) {
      task.work();
      task.log("INFO: Total bytes written: " + total + " (" + Disks.human(total) + ", 100MiB/s)");
      return;
    }
    task.log("INFO: started backup task '" + world().dice().uuid() + "'");
    task.work();
    var human = String.format(Locale.ROOT, "%.1f GiB", total / (double) (1L << 30));
    task.log("INFO: 100% (" + human + " of " + human + ") in 1s, read: 0 B/s, write: 0 B/s");
    task.log("INFO: backup is sparse: " + human + " (100%) total zero data");
    task.log("INFO: transferred " + human + " in 1 seconds");
  }

  private static void resume(Guest guest, String mode, boolean wasRunning, TaskRun task) {
    if (!wasRunning) {
      if (!guest.isContainer()) {
        task.log("INFO: stopping kvm after backup task");
      }
    } else if (mode.equals("stop")) {
      task.log("INFO: restarting vm");
      guest.state().put("status", RUNNING);
      task.log("INFO: guest is online again after 1 seconds");
    } else if (mode.equals("suspend")) {
      task.log("INFO: resuming guest");
    } else if (guest.isContainer()) {
      task.log("INFO: cleanup temporary 'vzdump' snapshot");
    }
  }

  private void store(Storage storage, Guest guest, String file, Archive archive, TaskRun task) {
    var name = "backup/" + file;
    long used = usedBytes(guest);
    long bytes = Math.max(1024, extension(guest).contains(".") ? used / 2 : used);
    var time = BackupName.of(file).map(BackupName::ctime).orElse(world().now());
    var volume = Volume.backup(name, guest.vmid(), archive, bytes, time);
    var template = options.getOrDefault("notes-template", "");
    boolean isProtected = "1".equals(options.get("protected"));
    var notes = template.isEmpty() ? null : BackupOptions.notes(template, places(guest));
    task.log("INFO: archive file size: " + Disks.human(bytes).replace(" ", "").replace("i", ""));
    if (notes != null) {
      task.log("INFO: adding notes to backup");
    }
    if (isProtected) {
      task.log("INFO: marking backup as protected");
    }
    storage.put(volume.noted(notes, isProtected));
  }

  private Map<String, String> places(Guest guest) {
    return Map.of(
        "cluster", call.node(),
        "node", call.node(),
        "guestname", BackupSelection.name(guest),
        "vmid", String.valueOf(guest.vmid()));
  }

  private long usedBytes(Guest guest) {
    return BackupSelection.volumes(guest).stream()
        .filter(BackupVolume::isIncluded)
        .flatMap(volume -> volume.volume().stream())
        .mapToLong(id -> new Disks(world(), call.node(), line -> {}).get(id).usedBytes())
        .sum();
  }

  /** A name that no backup has yet: two that begin in one second get different ones. */
  private String freeName(Storage storage, Guest guest) {
    var now = world().clock().now();
    while (true) {
      var file = BackupName.file(guest.type(), guest.vmid(), now, extension(guest));
      if (storage.find("backup/" + file).isEmpty()) {
        return file;
      }
      now = now.plusSeconds(1);
    }
  }

  private String extension(Guest guest) {
    var packed =
        switch (options.getOrDefault("compress", "0")) {
          case "zstd" -> ".zst";
          case "gzip" -> ".gz";
          case "lzo", "1" -> ".lzo";
          default -> "";
        };
    return (guest.isContainer() ? "tar" : "vma") + packed;
  }

  private void prune(Storage storage, Guest guest, TaskRun task) {
    var keep =
        options.getOrDefault(
            "prune-backups", storage.config().properties().getOrDefault("prune-backups", ""));
    if (options.getOrDefault("remove", "1").equals("0") || keep.isEmpty()) {
      return;
    }
    var rules = Retention.parse(keep);
    if (rules.keepsAll()) {
      return;
    }
    task.log("INFO: prune older backups with retention: " + rules.text());
    int removed = 0;
    for (var one : rules.mark(storage, guest.vmid(), guest.type())) {
      if (one.mark().equals("remove")) {
        task.log("INFO: removing backup '" + storage.id() + ":" + one.volume().name() + "'");
        storage.free(one.volume().name());
        removed++;
      }
    }
    task.log("INFO: pruned " + removed + " backup(s) not covered by keep-retention policy");
  }

  private Storage storage() {
    return world().storages().at(call.node(), options.getOrDefault("storage", "local"));
  }

  private World world() {
    return call.world();
  }
}
