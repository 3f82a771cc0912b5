package dev.hearth.stdlib.proxmox.sim.storage;

import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** All storages of a world. Guarded by its lock. */
public final class Storages {
  private static final Pattern VOLID = Pattern.compile("([a-zA-Z][a-zA-Z0-9._-]*[a-zA-Z0-9]):(.+)");

  private final Map<String, StorageConfig> configs = new LinkedHashMap<>();
  private final Map<String, Storage.Space> spaces = new LinkedHashMap<>();
  private final Map<String, Duration> paces = new HashMap<>();
  private final Map<String, NavigableMap<String, Volume>> volumes = new TreeMap<>();

  /** Adds a storage, or replaces the one of its name. */
  public void add(StorageConfig config, Storage.Space space) {
    configs.put(config.id(), config);
    spaces.put(config.id(), space);
  }

  /** Forgets a storage; its volumes stay where they are, as in the real world. */
  public void remove(String id) {
    configs.remove(id);
  }

  /** How long a storage keeps its lock to make one volume; no time at all unless it is slow. */
  public Duration pace(String id) {
    return paces.getOrDefault(id, Duration.ZERO);
  }

  /** Makes a storage slow. */
  public void pace(String id, Duration perVolume) {
    paces.put(id, perVolume);
  }

  /** The configurations by name, in the order in which they were added. */
  public Collection<StorageConfig> configs() {
    return configs.values();
  }

  /** A storage's configuration; dies when there is none. */
  public StorageConfig config(String id) {
    var config = configs.get(id);
    if (config == null) {
      throw Refusal.die("storage '" + id + "' does not exist");
    }
    return config;
  }

  public boolean exists(String id) {
    return configs.containsKey(id);
  }

  /** A storage as a node sees it; dies when there is none, or not there, or switched off. */
  public Storage at(String node, String id) {
    var config = config(id);
    if (!config.isOn(node)) {
      throw Refusal.die("storage '" + id + "' is not available on node '" + node + "'");
    }
    if (!config.isEnabled()) {
      throw Refusal.die("storage '" + id + "' is disabled");
    }
    return view(node, config);
  }

  /** The storages that a node has, switched off or not. */
  public List<Storage> on(String node) {
    return seenFrom(node).stream().filter(storage -> storage.config().isOn(node)).toList();
  }

  /** All storages as a node sees them, whether it has them or not. */
  public List<Storage> seenFrom(String node) {
    var found = new ArrayList<Storage>();
    configs.values().forEach(config -> found.add(view(node, config)));
    return found;
  }

  /** A volume by its whole id, such as {@code local:iso/x.iso}, as a node sees it. */
  public Optional<Volume> volume(String node, String volid) {
    var id = split(volid);
    return exists(id.storage()) ? at(node, id.storage()).find(id.volname()) : Optional.empty();
  }

  /** Takes a volume id apart; dies as Proxmox does when it is none. */
  public static VolumeId split(String volid) {
    var match = VOLID.matcher(volid);
    if (!match.matches()) {
      throw Refusal.die("unable to parse volume ID '" + volid + "'");
    }
    return new VolumeId(match.group(1), match.group(2));
  }

  /** What a volume's name says; dies when its storage has no such names. */
  public VolumeName parse(VolumeId id) {
    return config(id.storage()).isFiles()
        ? VolumeName.ofFile(id.volname())
        : VolumeName.ofLogicalVolume(id.volname());
  }

  /** What a saved world keeps of the volumes: by storage and node. */
  public Map<String, NavigableMap<String, Volume>> volumes() {
    return volumes;
  }

  /** How much fits on each storage. */
  public Map<String, Storage.Space> spaces() {
    return spaces;
  }

  private Storage view(String node, StorageConfig config) {
    var key = config.isShared() ? config.id() : config.id() + "@" + node;
    var there = volumes.computeIfAbsent(key, k -> new TreeMap<>());
    var space = spaces.getOrDefault(config.id(), new Storage.Space(0, 0));
    return new Storage(config, space, there);
  }

  /** A volume id in its two halves. */
  public record VolumeId(String storage, String volname) {
    @Override
    public String toString() {
      return storage + ":" + volname;
    }
  }
}
