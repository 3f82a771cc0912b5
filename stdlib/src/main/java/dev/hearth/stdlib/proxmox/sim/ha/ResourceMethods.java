package dev.hearth.stdlib.proxmox.sim.ha;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Fields;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/ha/resources}: the guests that are managed. */
final class ResourceMethods {
  private static final String ALL = "/cluster/ha/resources";
  private static final String ONE = ALL + "/{sid}";
  private static final Check AUDIT = Check.perm("/", "Sys.Audit");
  private static final Check CONSOLE = Check.perm("/", "Sys.Console");
  private static final ValueFormat SERVICE =
      ValueFormat.of(
          "pve-ha-resource-or-vm-id",
          value ->
              value.matches("[1-9]\\d{2,8}|(?:vm|ct):[1-9]\\d{2,8}")
                  ? Optional.empty()
                  : Optional.of("value does not look like a valid HA resource or VM ID\n"));
  private static final Param SID = Param.of(formatted(SERVICE));

  private final int major;
  private final Fields fields;

  private ResourceMethods(int major) {
    this.major = major;
    this.fields = new Fields(params(major));
  }

  private static Map<String, Param> params(int major) {
    var params = new LinkedHashMap<String, Param>();
    params.put(
        "state",
        Param.optional(
            oneOf("started", "stopped", "enabled", "disabled", "ignored").orElse("started")));
    params.put("group", Param.optional(formatted(Formats.CONFIG_ID)));
    params.put("max_restart", Param.optional(integer().min(0).orElse("1")));
    params.put("max_relocate", Param.optional(integer().min(0).orElse("1")));
    params.put("comment", Param.optional(string().maxLength(4096)));
    if (major >= HaMethods.FIRST_WITH_RULES) {
      params.put("failback", Param.optional(bool().orElse("1")));
    }
    return params;
  }

  static List<ApiMethod> of(int major) {
    return new ResourceMethods(major).all();
  }

  private List<ApiMethod> all() {
    var type = Param.optional(oneOf("ct", "vm"));
    var delete =
        ApiMethod.delete(ONE).name("delete").allow(CONSOLE).param("sid", SID).answers(this::delete);
    if (major >= HaMethods.FIRST_WITH_RULES) {
      delete.param("purge", Param.optional(bool().orElse("1")));
    }
    return List.of(
        ApiMethod.get(ALL).name("index").allow(AUDIT).param("type", type).answers(this::list),
        ApiMethod.post(ALL)
            .name("create")
            .allow(CONSOLE)
            .param("sid", SID)
            .param("type", type)
            .params(fields.params())
            .answers(this::create),
        ApiMethod.get(ONE).name("read").allow(AUDIT).param("sid", SID).answers(this::read),
        ApiMethod.put(ONE)
            .name("update")
            .allow(CONSOLE)
            .param("sid", SID)
            .params(fields.params())
            .param("delete", Standard.DELETE)
            .param("digest", Standard.DIGEST)
            .answers(this::update),
        delete,
        moving("migrate"),
        moving("relocate"));
  }

  private static ApiMethod moving(String verb) {
    return ApiMethod.post(ONE + "/" + verb)
        .name(verb)
        .allow(CONSOLE)
        .param("sid", SID)
        .param("node", Standard.NODE)
        .answers(call -> move(call, verb));
  }

  /** The id of a call with its type, which numbers get from the guest. */
  private static String sid(Call call) {
    var given = call.params().text("sid");
    if (given.contains(":")) {
      return given;
    }
    var guest = call.world().guests().get(Integer.valueOf(given));
    if (guest == null) {
      throw Refusal.die("unable do add resource - VM/CT " + given + " does not exist");
    }
    return HaResources.sid(guest);
  }

  private Item told(Call call, String sid, Map<String, String> values) {
    return fields
        .told(values)
        .with("sid", sid)
        .with("type", sid.substring(0, 2))
        .with("digest", HaResources.file(call.world()).digest());
  }

  private Object list(Call call) {
    var type = call.params().find("type");
    var items = new ArrayList<Item>();
    HaResources.file(call.world())
        .all()
        .forEach(
            (sid, service) -> {
              if (type == null || sid.startsWith(type)) {
                items.add(told(call, sid, service.values()));
              }
            });
    return items;
  }

  private @Nullable Object create(Call call) {
    var sid = sid(call);
    var world = call.world();
    if (!sid.startsWith(call.params().text("type", sid.substring(0, 2)))) {
      throw Refusal.die("types does not match");
    }
    var guest = HaResources.guest(world, sid).orElse(null);
    if (guest == null || !HaResources.sid(guest).equals(sid)) {
      throw Refusal.die("resource '" + sid.substring(3) + "' does not exists in cluster");
    }
    var values = checked(call, fields.given(call));
    return Fields.saying(
        "create resource failed",
        () -> {
          if (HaResources.file(world).has(sid)) {
            throw Refusal.die("resource ID '" + sid + "' already defined");
          }
          HaResources.file(world).put(sid, sid.substring(0, 2), values);
          HaResources.request(world, sid, values.getOrDefault("state", "started"));
        });
  }

  private static Map<String, String> checked(Call call, Map<String, String> values) {
    var group = values.get("group");
    if (group != null && HaMethods.hasRules(call.world())) {
      throw Refusal.die(
          "cannot assign HA group '" + group + "': HA groups have been migrated to rules");
    }
    if (group != null && !GroupMethods.exists(call.world(), group)) {
      throw Refusal.die("HA group '" + group + "' does not exist");
    }
    values.computeIfPresent("state", (_, state) -> state.equals("enabled") ? "started" : state);
    return values;
  }

  private static Refusal unknown(String sid) {
    return Refusal.die("no such resource '" + sid + "'");
  }

  private Object read(Call call) {
    var sid = sid(call);
    var service = HaResources.file(call.world()).find(sid).orElseThrow(() -> unknown(sid));
    return told(call, sid, service.values());
  }

  private @Nullable Object update(Call call) {
    var sid = sid(call);
    var world = call.world();
    return Fields.saying(
        "update resource failed",
        () -> {
          var file = HaResources.file(world);
          Fields.check(file.digest(), call.params().find("digest"));
          if (!file.has(sid)) {
            throw unknown(sid);
          }
          var before = file.values(sid).getOrDefault("state", "started");
          var values = checked(call, fields.changed(file.values(sid), call));
          file.put(sid, sid.substring(0, 2), values);
          var state = values.getOrDefault("state", "started");
          if (!state.equals(before)) {
            HaResources.request(world, sid, state);
          }
        });
  }

  private @Nullable Object delete(Call call) {
    var sid = sid(call);
    if (!HaResources.file(call.world()).has(sid)) {
      throw Refusal.die("cannot delete service '" + sid + "', not HA managed!");
    }
    HaResources.forget(call.world(), sid);
    return null;
  }

  /** The manager moves a guest in its own time; asking it is all that is done here. */
  private static @Nullable Object move(Call call, String verb) {
    var sid = sid(call);
    var world = call.world();
    if (!HaResources.file(world).has(sid)) {
      throw unknown(sid);
    }
    var node = call.params().text("node");
    var guest = HaResources.guest(world, sid).orElse(null);
    if (guest == null || !world.nodes().containsKey(node) || guest.node().equals(node)) {
      return null; // the real one takes the request too, and its manager ignores it
    }
    boolean runs = guest.isRunning();
    var params = new LinkedHashMap<>(Map.of("target", node));
    if (runs) {
      boolean isLive = verb.equals("migrate") && !guest.isContainer();
      params.put(
          guest.isContainer() ? "restart" : "online", isLive || guest.isContainer() ? "1" : "0");
    }
    call.inner("POST", guest.path() + "/migrate", params);
    return null;
  }
}
