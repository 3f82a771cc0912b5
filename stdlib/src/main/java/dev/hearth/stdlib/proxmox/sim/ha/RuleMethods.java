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
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.SectionFile;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
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
  private static final SectionFile FILE =
      new SectionFile(
          "ha/rules",
          "rule",
          new Fields(params()),
          "no such ha rule '%s'",
          "HA rule '%s' already defined");

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
            .params(FILE.fields().params())
            .answers(RuleMethods::create),
        ApiMethod.get(ONE).name("read_rule").allow(audit).param("rule", RULE).answers(FILE::read),
        ApiMethod.put(ONE)
            .name("update_rule")
            .allow(console)
            .param("rule", RULE)
            .param("type", TYPE)
            .params(FILE.fields().params())
            .param("delete", Standard.DELETE)
            .param("digest", Standard.DIGEST)
            .answers(RuleMethods::update),
        ApiMethod.delete(ONE)
            .name("delete_rule")
            .allow(console)
            .param("rule", RULE)
            .answers(FILE::remove));
  }

  private static Object list(Call call) {
    var type = call.params().find("type");
    var resource = call.params().find("resource");
    return FILE.list(
        call,
        (_, rule) ->
            (type == null || type.equals(rule.type()))
                && (resource == null || members(rule.values()).contains(resource)));
  }

  /** The services that a rule is about. */
  static List<String> members(Map<String, String> rule) {
    return Lists.split(rule.getOrDefault("resources", ""));
  }

  private static @Nullable Object create(Call call) {
    var id = call.params().text("rule");
    var type = call.params().text("type");
    var values = FILE.fields().given(call);
    check(call, id, type, values);
    return Fields.saying("create ha rule failed", () -> FILE.add(call, type, values));
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
    var members = members(values);
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
    FILE.of(call)
        .all()
        .forEach(
            (other, rule) -> {
              boolean isSame = members(rule.values()).stream().anyMatch(members::contains);
              if (!other.equals(id) && rule.type().equals(ON_NODES) && isSame) {
                throw Refusal.parameter(
                    "resources", "resource is already referenced in another node affinity rule");
              }
            });
  }

  private static @Nullable Object update(Call call) {
    var id = FILE.id(call);
    return FILE.change(
        call,
        (type, values) -> {
          if (!type.equals(call.params().text("type"))) {
            throw Refusal.die("cannot change the type of ha rule '" + id + "'");
          }
          check(call, id, type, values);
        });
  }
}
