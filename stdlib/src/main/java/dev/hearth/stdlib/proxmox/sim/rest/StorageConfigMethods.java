package dev.hearth.stdlib.proxmox.sim.rest;

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
import java.util.SequencedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code /storage}: what storages are configured. */
public final class StorageConfigMethods {
  private static final String ALL = "/storage";
  private static final String ONE = "/storage/{storage}";
  private static final Check ALLOCATE = Check.perm("/storage", "Datastore.Allocate");

  private final Map<String, Param> forNew;
  private final Map<String, Param> changeable;

  private StorageConfigMethods(int major) {
    this.forNew = StorageOptions.forNew(major);
    this.changeable = StorageOptions.changeable(major);
  }

  /** The methods of a Proxmox VE of this version. */
  public static List<ApiMethod> all(int major) {
    var methods = new StorageConfigMethods(major);
    var type = Param.of(StorageOptions.type(major));
    return List.of(
        ApiMethod.get(ALL)
            .name("index")
            .allow(Check.anyUser())
            .param("type", type.asOptional())
            .answers(StorageConfigMethods::list),
        ApiMethod.post(ALL)
            .name("create")
            .allow(ALLOCATE)
            .param("storage", Standard.STORAGE)
            .param("type", type)
            .params(methods.forNew)
            .answers(methods::create),
        ApiMethod.get(ONE)
            .name("read")
            .allow(Check.perm(ONE, "Datastore.Allocate"))
            .param("storage", Standard.STORAGE)
            .answers(call -> described(call.world(), call.world().storages().config(idOf(call)))),
        ApiMethod.put(ONE)
            .name("update")
            .allow(ALLOCATE)
            .param("storage", Standard.STORAGE)
            .params(methods.changeable)
            .param("digest", Standard.DIGEST)
            .param("delete", Standard.DELETE)
            .answers(methods::update),
        ApiMethod.delete(ONE)
            .name("delete")
            .allow(ALLOCATE)
            .param("storage", Standard.STORAGE)
            .answers(StorageConfigMethods::delete));
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
    config.properties().forEach((name, value) -> entry.with(name, read(name, value)));
    if (config.isShared()) {
      entry.with("shared", 1); // what lies on a server is shared without anybody saying so
    }
    return entry
        .with("content", config.content().isEmpty() ? "none" : String.join(",", config.content()))
        .with("digest", digest(world));
  }

  private static Object read(String name, String value) {
    if (name.equals("content-dirs")) {
      var folders = new Item();
      Lists.split(value).forEach(one -> folders.with(one.split("=", 2)[0], one.split("=", 2)[1]));
      return folders;
    }
    return StorageOptions.NUMBERS.contains(name) ? (Object) Integer.valueOf(value) : value;
  }

  private static String digest(World world) {
    return Digests.sha1(world.storages().configs().toString());
  }

  private Object create(Call call) {
    var id = idOf(call);
    var type = call.params().text("type");
    var given = given(call, forNew);
    given.remove("nodes", "");
    StorageOptions.SECTIONS.checkNew(type, given.keySet());
    var config = new StorageConfig(id, type, Map.of());
    given.forEach((name, value) -> set(config, name, value));
    config.properties().putIfAbsent("content", StorageOptions.usual(type));
    checkPath(config);
    var storages = call.world().storages();
    UserConfig.change(
        "create storage failed",
        () -> {
          if (storages.exists(id)) {
            throw Refusal.die("storage ID '" + id + "' already defined");
          }
          new StorageActivation(call.world()).check(config);
          storages.add(config, new StorageActivation(call.world()).space(config));
        });
    var answer = Item.of("storage", id).with("type", type);
    return type.equals("pbs") ? answer.with("config", new Item()) : answer;
  }

  private static void checkPath(StorageConfig config) {
    var path = config.properties().get("path");
    if (path == null) {
      if (config.isMounted()) {
        config.properties().put("path", config.path());
      }
      return;
    }
    if (config.type().equals("dir") && !path.matches("/[-/a-zA-Z0-9_.@]+")) {
      throw Refusal.die("illegal path for directory storage: " + path);
    }
    var clean = path.replaceAll("/+", "/").replaceFirst("(?<=.)/$", "");
    config.properties().put("path", clean);
  }

  /** What was sent and belongs into the file, which secrets do not. */
  private static Map<String, String> given(Call call, Map<String, Param> options) {
    var given = new LinkedHashMap<String, String>();
    for (var name : options.keySet()) {
      var value = call.params().find(name);
      if (value != null && !StorageOptions.SECRET.contains(name)) {
        given.put(name, value);
      }
    }
    return given;
  }

  private Object update(Call call) {
    var params = call.params();
    var answer = new Item();
    UserConfig.change(
        "update storage failed",
        () -> {
          var digest = params.find("digest");
          if (digest != null && !digest.equals(digest(call.world()))) {
            throw Refusal.die(
                "detected modified configuration - file changed by other user? Try again.");
          }
          var config = call.world().storages().config(idOf(call));
          var given = given(call, changeable);
          StorageOptions.SECTIONS.checkChange(config.type(), given.keySet());
          var changed = new StorageConfig(config.id(), config.type(), config.properties());
          params.list("delete").forEach(name -> remove(changed, given, name));
          given.forEach((name, value) -> set(changed, name, value));
          config.properties().clear();
          config.properties().putAll(changed.properties());
          answer.with("storage", config.id()).with("type", config.type());
        });
    return answer;
  }

  private static void remove(StorageConfig config, Map<String, String> given, String name) {
    var sections = StorageOptions.SECTIONS;
    if (!sections.options(config.type()).contains(name)) {
      throw Refusal.die("no such option '" + name + "'");
    }
    if (sections.isRequired(config.type(), name)) {
      throw Refusal.die("unable to delete required option '" + name + "'");
    }
    if (sections.isFixed(config.type(), name)) {
      throw Refusal.die("unable to delete fixed option '" + name + "'");
    }
    if (given.containsKey(name)) {
      throw Refusal.die("cannot set and delete property '" + name + "' at the same time!");
    }
    config.properties().remove(name);
    if (name.equals("content")) {
      config.properties().put(name, StorageOptions.usual(config.type()));
    }
  }

  private static void set(StorageConfig config, String name, String value) {
    var properties = config.properties();
    switch (name) {
      case "content" -> properties.put(name, String.join(",", content(config.type(), value)));
      case "nodes" -> put(properties, name, String.join(",", new TreeSet<>(Lists.split(value))));
      case "prune-backups", "bwlimit" ->
          put(properties, name, String.join(",", new TreeSet<>(Lists.split(value))));
      case "disable" -> put(properties, name, value.equals("1") ? value : "");
      default -> put(properties, name, value);
    }
  }

  private static void put(Map<String, String> properties, String name, String value) {
    if (value.isEmpty()) {
      properties.remove(name);
    } else {
      properties.put(name, value);
    }
  }

  /** What a type cannot hold is left out with a warning that nobody sees. */
  private static SequencedSet<String> content(String type, String value) {
    var possible = StorageOptions.possible(type);
    var kinds = new LinkedHashSet<>(Lists.split(value));
    kinds.retainAll(possible);
    if (kinds.contains("none") && kinds.size() > 1) {
      throw Refusal.die("unable to combine 'none' with other content types");
    }
    if (kinds.isEmpty() && !possible.contains("none")) {
      throw Refusal.die("storage does not support content type 'none'");
    }
    return kinds;
  }

  private static @Nullable Object delete(Call call) {
    UserConfig.change(
        "delete storage failed",
        () -> {
          var world = call.world();
          var id = world.storages().config(idOf(call)).id();
          if (world.storages().configs().stream().anyMatch(other -> isBasedOn(other, id))) {
            throw Refusal.die("can't remove storage - storage is used as base of another storage");
          }
          world.storages().remove(id);
          world.accounts().forgetStorage(id);
        });
    return null;
  }

  private static boolean isBasedOn(StorageConfig other, String id) {
    return other.properties().getOrDefault("base", "").startsWith(id + ":");
  }
}
