package dev.hearth.stdlib.proxmox.sim.disk;

import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.storage.Storage;
import dev.hearth.stdlib.proxmox.sim.storage.StorageConfig;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The storage that is configured for what was made on a disk.
 *
 * @param wanted its properties on this node
 * @param compared those in which one of its name must be alike
 */
record DiskStorage(String id, String type, Map<String, String> wanted, List<String> compared) {
  static final String ADD = "add_storage";
  static final String CLEAN = "cleanup-config";

  /** This, if the call wants it; refuses who may not have it, and what cannot be. */
  Optional<DiskStorage> ifAsked(Call call) {
    if (!isAsked(call, ADD)) {
      return Optional.empty();
    }
    check(call);
    return Optional.of(this);
  }

  /** Whether the call wants it, and may have it. */
  static boolean isAsked(Call call, String param) {
    boolean isAsked = call.params().flag(param);
    if (isAsked) {
      call.rights().check("/storage", "Datastore.Allocate");
    }
    return isAsked;
  }

  /** Refuses if this node has a storage of this name, or others have a different one. */
  private void check(Call call) {
    var storages = call.world().storages();
    if (!storages.exists(id)) {
      return;
    }
    var known = storages.config(id);
    if (known.isOn(call.node())) {
      throw Refusal.die("Storage ID '" + id + "' already exists on node " + call.node());
    }
    differs("type", type, known.type());
    for (var name : compared) {
      differs(name, wanted.getOrDefault(name, ""), known.properties().getOrDefault(name, ""));
    }
  }

  private static void differs(String name, String wanted, String known) {
    if (!wanted.equals(known)) {
      throw Refusal.die(
          "Option '%s' (%s) does not match existing storage configuration '%s'"
              .formatted(name, wanted, known));
    }
  }

  /** Configures it, on this node too if other nodes have it. */
  void add(Call call, TaskRun task, long bytes) {
    check(call);
    var storages = call.world().storages();
    if (!storages.exists(id)) {
      var properties = new LinkedHashMap<>(wanted);
      properties.put("nodes", call.node());
      storages.add(new StorageConfig(id, type, properties), new Storage.Space(bytes, 0));
      return;
    }
    var nodes =
        new TreeSet<>(Lists.split(storages.config(id).properties().getOrDefault("nodes", "")));
    nodes.add(call.node());
    storages.config(id).properties().put("nodes", String.join(",", nodes));
    task.log("Added '" + call.node() + "' to nodes for storage '" + id + "'");
  }

  /** Takes the storages that were made of it from this node; one that no node has is gone. */
  static void clean(Call call, Predicate<StorageConfig> isOfIt) {
    var storages = call.world().storages();
    for (var config : List.copyOf(storages.configs())) {
      if (!isOfIt.test(config)) {
        continue;
      }
      var nodes = new TreeSet<>(Lists.split(config.properties().getOrDefault("nodes", "")));
      if (nodes.isEmpty()) {
        nodes.addAll(call.world().nodes().keySet());
      }
      nodes.remove(call.node());
      if (nodes.isEmpty()) {
        storages.remove(config.id());
        call.world().accounts().forgetStorage(config.id());
      } else {
        config.properties().put("nodes", String.join(",", nodes));
      }
    }
  }
}
