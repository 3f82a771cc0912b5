package dev.hearth.stdlib.proxmox.sim.copy;

import dev.hearth.stdlib.proxmox.config.DiskSize;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.storage.Archive;
import dev.hearth.stdlib.proxmox.sim.storage.BackupName;
import dev.hearth.stdlib.proxmox.sim.storage.FileFacts;
import dev.hearth.stdlib.proxmox.sim.storage.Storage;
import dev.hearth.stdlib.proxmox.sim.storage.StorageConfig;
import dev.hearth.stdlib.proxmox.sim.storage.Volume;
import dev.hearth.stdlib.proxmox.sim.storage.VolumeName;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The storages: how they are configured, how full they are, and what lies on them. */
final class StoragesCopy {
  private static final Set<String> NAMES = Set.of("storage", "type", "digest");
  private static final Set<String> SECRETS =
      Set.of("password", "keyring", "encryption-key", "encryption_key");
  private static final Pattern SETTING = Pattern.compile("([a-z][a-z0-9_-]*): ?(.*)");
  private static final Pattern SIZE = Pattern.compile("(?:.*,)?size=(\\d+[KMGT]?)(?:,.*)?");

  private final Answers answers;
  private final World world;
  private final Map<String, Storage.Space> spaces = new HashMap<>();

  /** A storage on a node that can be looked into. */
  private record Shelf(String node, StorageConfig config, long usedBytes) {}

  StoragesCopy(Answers answers, World world) {
    this.answers = answers;
    this.world = world;
  }

  void read() {
    var configs = new LinkedHashMap<String, StorageConfig>();
    for (var told : answers.list("/storage")) {
      configs.put(told.name("storage"), config(told));
    }
    var shelves = new LinkedHashMap<String, Shelf>();
    for (var node : world.nodes().keySet()) {
      if (world.isOnline(node)) {
        for (var told : answers.list("/nodes/{}/storage", node)) {
          var config = configs.get(told.name("storage"));
          if (config != null && told.isOn("enabled") && told.isOn("active")) {
            var key = config.isShared() ? config.id() : config.id() + "@" + node;
            shelves.putIfAbsent(key, new Shelf(node, config, told.number("used")));
            spaces.putIfAbsent(
                config.id(), new Storage.Space(told.number("total"), told.number("used")));
          }
        }
      }
    }
    configs
        .values()
        .forEach(
            config ->
                world
                    .storages()
                    .add(config, spaces.getOrDefault(config.id(), new Storage.Space(0, 0))));
    Together.map(List.copyOf(shelves.values()), shelf -> volumes(shelf)).forEach(Runnable::run);
  }

  private static StorageConfig config(Told told) {
    var properties = new LinkedHashMap<>(told.texts(NAMES));
    properties.keySet().removeAll(SECRETS);
    var config = new StorageConfig(told.name("storage"), told.name("type"), properties);
    config.properties().remove("shared");
    if (told.isOn("shared") && !config.isShared()) {
      config.properties().put("shared", "1");
    }
    return config;
  }

  /** Reads what lies there; what this returns puts it into the world. */
  private Runnable volumes(Shelf shelf) {
    var volumes = new ArrayList<Volume>();
    for (var told : answers.list("/nodes/{}/storage/{}/content", shelf.node, shelf.config.id())) {
      volumes.add(volume(shelf, told));
    }
    return () -> put(shelf, volumes);
  }

  /** What the volumes do not take of the space that is taken is something else's. */
  private void put(Shelf shelf, List<Volume> volumes) {
    var storages = world.storages();
    var total = spaces.getOrDefault(shelf.config.id(), new Storage.Space(0, 0)).totalBytes();
    long ours = volumes.stream().mapToLong(Volume::usedBytes).sum();
    storages.add(shelf.config, new Storage.Space(total, Math.max(0, shelf.usedBytes - ours)));
    var storage = storages.at(shelf.node, shelf.config.id());
    volumes.forEach(storage::put);
  }

  private Volume volume(Shelf shelf, Told told) {
    var id = shelf.config.id();
    var volid = told.path("volid");
    if (!volid.startsWith(id + ":")) {
      throw told.unexpected("`" + Told.excerpt(volid) + "` as a volume of the storage " + id);
    }
    var name = volid.substring(id.length() + 1);
    var content = told.name("content");
    long size = told.number("size");
    long ctime = told.number("ctime");
    if (content.equals("backup")) {
      return backup(shelf, told, name, size, ctime);
    }
    boolean isDisk = told.find("vmid").isPresent();
    var format = isDisk || content.equals("import") ? told.name("format") : "raw";
    if (!isDisk) {
      long inside = content.equals("import") ? virtual(shelf, name).orElse(size) : size;
      var facts = new FileFacts(size, inside, size, FileFacts.Kind.OTHER, null, Map.of());
      return Volume.file(name, content, format, facts, ctime);
    }
    var disk = Volume.disk(name, format, told.vmid("vmid"), size, ctime);
    var parent = base(shelf.config, name).or(() -> told.find("parent").map(StoragesCopy::based));
    return disk.named(name, disk.vmid(), parent.orElse(null)).using(told.number("used"));
  }

  /** The volume that another one's name says it is a linked clone of. */
  private static Optional<String> base(StorageConfig config, String name) {
    try {
      return Optional.ofNullable(
          (config.isFiles() ? VolumeName.ofFile(name) : VolumeName.ofLogicalVolume(name)).base());
    } catch (Refusal e) {
      return Optional.empty(); // a name that this simulator has no meaning for
    }
  }

  /** A base is told as a path from its clone. */
  private static String based(String path) {
    return path.replaceFirst("^(\\.\\./)+", "");
  }

  private Volume backup(Shelf shelf, Told told, String name, long size, long ctime) {
    var volid = shelf.config.id() + ":" + name;
    var notes =
        told.find("notes")
            .flatMap(
                first ->
                    told(shelf, name)
                        .flatMap(more -> more.find("notes"))
                        .or(() -> Optional.of(first)));
    int vmid = told.find("vmid").isPresent() ? told.vmid("vmid") : 0;
    var type = told.find("subtype").or(() -> BackupName.of(name).map(BackupName::type));
    var archive = archive(shelf.node, volid, type.orElse(Guest.VM));
    var facts = new FileFacts(size, size, size, FileFacts.Kind.OTHER, null, Map.of());
    var file =
        archive
            .filter(_ -> vmid > 0)
            .map(inside -> Volume.backup(name, vmid, inside, size, ctime))
            .orElseGet(
                () ->
                    Volume.file(name, "backup", "raw", facts, ctime)
                        .named(name, vmid == 0 ? null : vmid, null));
    return file.noted(notes.orElse(null), told.isOn("protected"));
  }

  /** The size of the disk that an image is of, which lists do not tell. */
  private Optional<Long> virtual(Shelf shelf, String name) {
    return told(shelf, name).map(told -> told.number("size"));
  }

  /** What only the volume itself tells. */
  private Optional<Told> told(Shelf shelf, String name) {
    var id = shelf.config.id();
    return answers.find("/nodes/{}/storage/{}/content/{}", shelf.node, id, id + ":" + name);
  }

  /** What is in a backup, as far as its configuration says. */
  private Optional<Archive> archive(String node, String volid, String type) {
    var ask = Ask.of("/nodes/{}/vzdump/extractconfig", node).with("volume", volid);
    return answers.text(ask).map(text -> archive(text, type));
  }

  private static Archive archive(String text, String type) {
    var config = new TreeMap<String, String>();
    var bytes = new TreeMap<String, Long>();
    for (var line : text.lines().toList()) {
      if (line.startsWith("[")) {
        break; // snapshots are not restored
      }
      var setting = SETTING.matcher(line);
      if (setting.matches()) {
        config.put(setting.group(1), setting.group(2));
        var size = SIZE.matcher(setting.group(2));
        if (size.matches() && !setting.group(2).contains("media=cdrom")) {
          bytes.put(setting.group(1), DiskSize.bytes(size.group(1)));
        }
      }
    }
    config.computeIfPresent("cipassword", (_, _) -> "**********");
    return new Archive(type, config, Map.of(), bytes);
  }
}
