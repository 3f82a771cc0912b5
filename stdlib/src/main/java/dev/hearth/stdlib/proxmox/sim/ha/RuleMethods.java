package dev.hearth.stdlib.proxmox.sim.ha;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Fields;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.Sections;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/ha/rules}: on which nodes services run, and which of them together or apart. */
final class RuleMethods {
  private static final String ALL = "/cluster/ha/rules";
  private static final String ONE = ALL + "/{rule}";
  private static final String ON_NODES = "node-affinity";
  private static final String TOGETHER = "resource-affinity";
  private static final Param RULE = Param.of(formatted(Formats.CONFIG_ID));
  private static final Param TYPE = Param.of(oneOf(ON_NODES, TOGETHER));
  private static final Fields FIELDS = new Fields(params());

  private RuleMethods() {}

  private static Map<String, Param> params() {
    var params = new LinkedHashMap<String, Param>();
    params.put("resources", Param.optional(string()));
    params.put("comment", Param.optional(string().maxLength(4096)));
    params.put("disable", Param.optional(bool().orElse("0")));
    params.put("nodes", Param.optional(formatted(GroupMethods.NODE.list())));
    params.put("strict", Param.optional(bool().orElse("0")));
    params.put("affinity", Param.optional(oneOf("positive", "negative")));
    return params;
  }

  static List<ApiMethod> all() {
    var audit = Check.perm("/", "Sys.Audit");
    var console = Check.perm("/", "Sys.Console");
    return List.of(
        ApiMethod.get(ALL)
            .name("index")
            .allow(audit)
            .param("type", TYPE.asOptional())
            .param("resource", Param.optional(string()))
            .answers(RuleMethods::list),
        ApiMethod.post(ALL)
            .name("create_rule")
            .allow(console)
            .param("rule", RULE)
            .param("type", TYPE)
            .params(FIELDS.params())
            .answers(RuleMethods::create),
        ApiMethod.get(ONE)
            .name("read_rule")
            .allow(audit)
            .param("rule", RULE)
            .answers(call -> told(call, call.params().text("rule"), named(call))),
        ApiMethod.put(ONE)
            .name("update_rule")
            .allow(console)
            .param("rule", RULE)
            .param("type", TYPE)
            .params(FIELDS.params())
            .param("delete", Param.optional(formatted(Formats.CONFIG_ID.list()).maxLength(4096)))
            .param("digest", Standard.DIGEST)
            .answers(RuleMethods::update),
        ApiMethod.delete(ONE)
            .name("delete_rule")
            .allow(console)
            .param("rule", RULE)
            .answers(RuleMethods::delete));
  }

  private static Sections file(Call call) {
    return call.world().sections("ha/rules");
  }

  private static Sections.Section named(Call call) {
    var id = call.params().text("rule");
    return file(call).find(id).orElseThrow(() -> Refusal.die("no such ha rule '" + id + "'"));
  }

  private static Item told(Call call, String id, Sections.Section rule) {
    return FIELDS
        .told(rule.values())
        .with("rule", id)
        .with("type", rule.type())
        .with("digest", file(call).digest());
  }

  private static Object list(Call call) {
    var type = call.params().find("type");
    var resource = call.params().find("resource");
    var items = new ArrayList<Item>();
    file(call)
        .all()
        .forEach(
            (id, rule) -> {
              var members = Lists.split(rule.values().getOrDefault("resources", ""));
              if ((type == null || type.equals(rule.type()))
                  && (resource == null || members.contains(resource))) {
                items.add(told(call, id, rule));
              }
            });
    return items;
  }

  private static @Nullable Object create(Call call) {
    var id = call.params().text("rule");
    var type = call.params().text("type");
    var values = FIELDS.given(call);
    check(call, id, type, values);
    return Fields.saying(
        "create ha rule failed",
        () -> {
          if (file(call).has(id)) {
            throw Refusal.die("HA rule '" + id + "' already defined");
          }
          file(call).put(id, type, values);
        });
  }

  private static void check(Call call, String id, String type, Map<String, String> values) {
    boolean isOnNodes = type.equals(ON_NODES);
    for (var name : List.of("resources", isOnNodes ? "nodes" : "affinity")) {
      if (!values.containsKey(name)) {
        throw Refusal.die("missing value for required option '" + name + "'");
      }
    }
    for (var name : isOnNodes ? List.of("affinity") : List.of("nodes", "strict")) {
      if (values.containsKey(name)) {
        throw Refusal.die("unexpected property '" + name + "'");
      }
    }
    var members = Lists.split(values.getOrDefault("resources", ""));
    if (!isOnNodes && members.size() < 2) {
      throw Refusal.parameter("resources", "rule does not contain at least two HA resources");
    }
    for (var member : members) {
      if (!HaResources.file(call.world()).has(member)) {
        throw Refusal.parameter(
            "resources", "cannot use unmanaged resource '" + member + "' in HA rule");
      }
    }
    if (isOnNodes) {
      checkOnlyRule(call, id, Set.copyOf(members));
    }
  }

  /** One service has one rule about nodes. */
  private static void checkOnlyRule(Call call, String id, Set<String> members) {
    file(call)
        .all()
        .forEach(
            (other, rule) -> {
              boolean isSame =
                  Lists.split(rule.values().getOrDefault("resources", "")).stream()
                      .anyMatch(members::contains);
              if (!other.equals(id) && rule.type().equals(ON_NODES) && isSame) {
                throw Refusal.parameter(
                    "resources", "resource is already referenced in another node affinity rule");
              }
            });
  }

  private static @Nullable Object update(Call call) {
    var id = call.params().text("rule");
    var rule = named(call);
    Fields.check(file(call).digest(), call.params().find("digest"));
    if (!rule.type().equals(call.params().text("type"))) {
      throw Refusal.die("cannot change the type of ha rule '" + id + "'");
    }
    var values = FIELDS.changed(rule.values(), call);
    check(call, id, rule.type(), values);
    file(call).put(id, rule.type(), values);
    return null;
  }

  private static @Nullable Object delete(Call call) {
    named(call);
    file(call).remove(call.params().text("rule"));
    return null;
  }
}
