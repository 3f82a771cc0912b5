package dev.hearth.stdlib.proxmox.sim.backup;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Params;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.storage.Storages;
import dev.hearth.stdlib.proxmox.sim.storage.VolumeAccess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /nodes/{node}/vzdump}: backups that are made now, and what is in them. */
public final class BackupMethods {
  private static final String PATH = "/nodes/{node}/vzdump";

  private BackupMethods() {}

  /** The methods of a Proxmox VE of this version. */
  public static List<ApiMethod> all(int major) {
    var params = BackupOptions.params(major);
    return List.of(
        ApiMethod.post(PATH)
            .name("vzdump")
            .allow(Check.anyUser())
            .task()
            .params(params)
            .param("node", Standard.NODE.asOptional())
            .param("stdout", Param.optional(bool()))
            .param("job-id", Param.optional(matching("\\S+").maxLength(50)))
            .answers(BackupMethods::vzdump),
        ApiMethod.get(PATH + "/defaults")
            .name("defaults")
            .allow(Check.anyUser())
            .param("node", Standard.NODE)
            .param("storage", Standard.STORAGE.asOptional())
            .answers(BackupMethods::defaults),
        ApiMethod.get(PATH + "/extractconfig")
            .name("extractconfig")
            .allow(Check.anyUser())
            .param("node", Standard.NODE)
            .param("volume", Param.of(string()))
            .answers(BackupMethods::extractConfig));
  }

  /** Options as they were sent, by name; the path's node is none. */
  static Map<String, String> options(Call call) {
    var options = new LinkedHashMap<String, String>();
    call.params()
        .all()
        .forEach(
            (name, value) -> {
              if (value instanceof List<?> list) {
                options.put(name, String.join(",", list.stream().map(String::valueOf).toList()));
              } else if (value != null) {
                options.put(name, Params.textOf(value));
              }
            });
    return options;
  }

  private static Object vzdump(Call call) {
    var options = options(call);
    options.remove("node");
    if (options.containsKey("stdout")) {
      throw Refusal.parameter("stdout", "option is only allowed on the command line interface.");
    }
    if (options.containsKey("job-id") && !call.rights().isRoot()) {
      throw Refusal.parameter("job-id", "Only root may set this option.");
    }
    BackupOptions.checkRights(call);
    BackupOptions.check(options);
    call.world().accounts().checkPool(options.get("pool"));
    var world = call.world();
    var here = new ArrayList<Integer>();
    for (var vmid : BackupSelection.of(world, options)) {
      var guest = world.guests().get(vmid);
      if (guest == null || guest.node().equals(call.node())) {
        here.add(vmid);
      }
    }
    if (here.isEmpty() && !"1".equals(options.get("all"))) {
      return "OK"; // all of them run elsewhere
    }
    var storage = options.getOrDefault("storage", "local");
    call.rights().check("/storage/" + storage, "Datastore.AllocateSpace");
    var id = here.size() == 1 ? String.valueOf(here.getFirst()) : "";
    return call.fork(
        "vzdump",
        id,
        task -> {
          checkStorage(call, storage);
          new BackupRun(call, options, here).run(task);
        });
  }

  private static void checkStorage(Call call, String id) {
    try {
      var storage = call.world().storages().at(call.node(), id);
      if (!storage.config().content().contains("backup")) {
        throw Refusal.die("can't use storage '" + id + "' for backups - wrong content type");
      }
      if (!storage.config().isFiles()) {
        throw Refusal.die("can't use storage type '" + storage.config().type() + "' for backup");
      }
    } catch (Refusal e) {
      throw Refusal.die("could not get storage information for '" + id + "': " + e.text());
    }
  }

  private static Object defaults(Call call) {
    var id = call.params().text("storage", "local");
    call.rights().checkAny("/storage/" + id, "Datastore.Audit", "Datastore.AllocateSpace");
    var config = call.world().storages().config(id);
    var answer =
        Item.of("all", 0)
            .with("compress", "0")
            .with("fleecing", Map.of("enabled", 0))
            .with("lockwait", 180)
            .with("mailnotification", "always")
            .with("mode", "snapshot")
            .with("notification-mode", "auto")
            .with("pigz", 0)
            .with("prune-backups", config.properties().getOrDefault("prune-backups", "keep-all=1"))
            .with("quiet", 0)
            .with("remove", 1)
            .with("stdexcludes", 1)
            .with("stop", 0)
            .with("stopwait", 10)
            .with("storage", id)
            .with("zstd", 1);
    if (call.world().major() < 9) {
      answer.with("notification-policy", "always");
    }
    if (call.rights().has("/nodes/" + call.node(), "Sys.Audit")) {
      answer
          .with("bwlimit", 0)
          .with("ionice", 7)
          .with("dumpdir", config.path() + "/dump")
          .with("performance", Map.of("max-workers", 16, "pbs-entries-max", 1_048_576));
    }
    return answer;
  }

  private static Object extractConfig(Call call) {
    var volid = call.params().text("volume");
    var storages = call.world().storages();
    VolumeAccess.check(call.rights(), storages, null, volid);
    var id = Storages.split(volid);
    var owner = storages.parse(id).vmid();
    call.rights().check("/vms/" + owner, "VM.Backup");
    var archive = storages.at(call.node(), id.storage()).get(id.volname()).archive();
    if (archive == null) {
      throw Refusal.die("ERROR: archive contains no configuration file");
    }
    return archive.text();
  }
}
