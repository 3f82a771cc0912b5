package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Digests;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.storage.StorageConfig;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /storage}: reading and changing what storages are configured. */
public final class StorageConfigMethods {
  private static final Param TYPE =
      Param.optional(
          oneOf(
              "btrfs",
              "cephfs",
              "cifs",
              "dir",
              "esxi",
              "glusterfs",
              "iscsi",
              "iscsidirect",
              "lvm",
              "lvmthin",
              "nfs",
              "pbs",
              "rbd",
              "zfs",
              "zfspool"));
  private static final Set<String> NUMBERS =
      Set.of("shared", "disable", "sparse", "mkdir", "create-subdirs", "max-protected-backups");

  private StorageConfigMethods() {}

  public static List<ApiMethod> all() {
    return List.of(
        ApiMethod.get("/storage")
            .name("index")
            .allow(Check.anyUser())
            .param("type", TYPE)
            .answers(StorageConfigMethods::list),
        ApiMethod.get("/storage/{storage}")
            .name("read")
            .allow(Check.perm("/storage/{storage}", "Datastore.Allocate"))
            .param("storage", Standard.STORAGE)
            .answers(call -> described(call.world(), call.world().storages().config(idOf(call)))),
        ApiMethod.put("/storage/{storage}")
            .name("update")
            .allow(Check.perm("/storage", "Datastore.Allocate"))
            .param("storage", Standard.STORAGE)
            .params(changeable())
            .param("digest", Standard.DIGEST)
            .param("delete", Param.optional(formatted(Formats.CONFIG_ID.list()).maxLength(4096)))
            .answers(StorageConfigMethods::update),
        ApiMethod.delete("/storage/{storage}")
            .name("delete")
            .allow(Check.perm("/storage", "Datastore.Allocate"))
            .param("storage", Standard.STORAGE)
            .answers(StorageConfigMethods::delete));
  }

  /** What may be changed of storages of folders and of logical volumes. */
  private static Map<String, Param> changeable() {
    var params = new LinkedHashMap<String, Param>();
    params.put("content", Param.optional(formatted(StorageTypes.CONTENT.list())));
    params.put("nodes", Param.optional(formatted(Formats.NODE.list())));
    params.put("disable", Param.optional(bool()));
    params.put("shared", Param.optional(bool()));
    params.put("format", Param.optional(oneOf("raw", "qcow2", "subvol", "vmdk")));
    params.put("preallocation", Param.optional(oneOf("off", "metadata", "falloc", "full")));
    params.put("mkdir", Param.optional(bool()));
    params.put("create-base-path", Param.optional(bool()));
    params.put("create-subdirs", Param.optional(bool()));
    params.put("is_mountpoint", Param.optional(string()));
    params.put("max-protected-backups", Param.optional(integer().min(-1)));
    params.put("prune-backups", Param.optional(string()));
    params.put("bwlimit", Param.optional(string()));
    return params;
  }

  private static String idOf(Call call) {
    return call.params().text("storage");
  }

  private static Object list(Call call) {
    var type = call.params().find("type");
    var entries = new ArrayList<Item>();
    for (var config : call.world().storages().configs()) {
      boolean isVisible =
          call.rights()
              .hasAny("/storage/" + config.id(), "Datastore.Audit", "Datastore.AllocateSpace");
      if (isVisible && (type == null || type.equals(config.type()))) {
        entries.add(described(call.world(), config));
      }
    }
    return entries;
  }

  private static Item described(World world, StorageConfig config) {
    var entry = Item.of("storage", config.id()).with("type", config.type());
    config
        .properties()
        .forEach(
            (name, value) ->
                entry.with(name, NUMBERS.contains(name) ? (Object) Integer.valueOf(value) : value));
    return entry
        .with("content", config.content().isEmpty() ? "none" : String.join(",", config.content()))
        .with("digest", digest(world));
  }

  private static String digest(World world) {
    return Digests.sha1(world.storages().configs().toString());
  }

  private static Object update(Call call) {
    var params = call.params();
    var config = call.world().storages().config(idOf(call));
    UserConfig.change(
        "update storage failed",
        () -> {
          var digest = params.find("digest");
          if (digest != null && !digest.equals(digest(call.world()))) {
            throw Refusal.die(
                "detected modified configuration - file changed by other user? Try again.");
          }
          for (var name : params.list("delete")) {
            remove(call, config, name);
          }
          for (var name : changeable().keySet()) {
            var value = params.find(name);
            if (value != null) {
              set(config, name, value);
            }
          }
        });
    return Item.of("storage", config.id()).with("type", config.type());
  }

  private static void remove(Call call, StorageConfig config, String name) {
    if (List.of("path", "vgname", "thinpool").contains(name)) {
      throw Refusal.die("unable to delete required option '" + name + "'");
    }
    if (!changeable().containsKey(name)) {
      throw Refusal.die("no such option '" + name + "'");
    }
    if (call.params().has(name)) {
      throw Refusal.die("cannot set and delete property '" + name + "' at the same time!");
    }
    config.properties().remove(name);
    if (name.equals("content")) {
      config.properties().put(name, "images,rootdir");
    }
  }

  private static void set(StorageConfig config, String name, String value) {
    boolean isOff = NUMBERS.contains(name) && value.equals("0") && !name.startsWith("create");
    if (isOff || (name.equals("nodes") && value.isEmpty())) {
      config.properties().remove(name);
    } else if (name.equals("content")) {
      config.properties().put(name, String.join(",", content(config, value)));
    } else {
      config.properties().put(name, value);
    }
  }

  private static Set<String> content(StorageConfig config, String value) {
    var kinds = new LinkedHashSet<>(Lists.split(value));
    if (kinds.contains("none") && kinds.size() > 1) {
      throw Refusal.die("unable to combine 'none' with other content types");
    }
    for (var kind : kinds) {
      boolean isKept = config.isFiles() || List.of("images", "rootdir", "none").contains(kind);
      if (!isKept) {
        throw Refusal.die("storage does not support content type '" + kind + "'");
      }
    }
    return kinds;
  }

  private static @Nullable Object delete(Call call) {
    call.world().storages().config(idOf(call));
    call.world().storages().remove(idOf(call));
    return null;
  }
}
