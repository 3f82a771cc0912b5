package dev.hearth.stdlib.proxmox.sim.notify;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Fields;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/notifications/matchers}: what is told to whom. */
final class MatcherMethods {
  private static final String ALL = "/cluster/notifications/matchers";
  private static final String ONE = ALL + "/{name}";
  private static final Set<String> SEVERITIES =
      Set.of("info", "notice", "warning", "error", "unknown");
  private static final String FIELD = "(exact|regex):[A-Za-z0-9_][A-Za-z0-9._\\-]*=.*";
  private static final Fields FIELDS = new Fields(params());

  private MatcherMethods() {}

  private static Map<String, Param> params() {
    var params = new LinkedHashMap<String, Param>();
    params.put("comment", Param.optional(string()));
    params.put("disable", Param.optional(bool().orElse("0")));
    params.put("invert-match", Param.optional(bool()));
    params.put("match-calendar", Param.list(string()));
    params.put("match-field", Param.list(string()));
    params.put("match-severity", Param.list(string()));
    params.put("mode", Param.optional(oneOf("all", "any").orElse("all")));
    params.put("target", Param.list(formatted(Formats.CONFIG_ID)));
    return params;
  }

  static List<ApiMethod> all() {
    return List.of(
        ApiMethod.get(ALL)
            .name("get_matchers")
            .allow(NotificationMethods.ANY)
            .answers(MatcherMethods::list),
        ApiMethod.post(ALL)
            .name("create_matcher")
            .allow(NotificationMethods.MODIFY)
            .param("name", NotificationMethods.NAME)
            .params(FIELDS.params())
            .answers(MatcherMethods::create),
        ApiMethod.get(ONE)
            .name("get_matcher")
            .allow(NotificationMethods.EITHER)
            .param("name", NotificationMethods.NAME)
            .answers(MatcherMethods::read),
        ApiMethod.put(ONE)
            .name("update_matcher")
            .allow(NotificationMethods.MODIFY)
            .param("name", NotificationMethods.NAME)
            .params(FIELDS.params())
            .param("delete", Param.list(formatted(Formats.CONFIG_ID)))
            .param("digest", Standard.DIGEST)
            .answers(MatcherMethods::update),
        ApiMethod.delete(ONE)
            .name("delete_matcher")
            .allow(NotificationMethods.MODIFY)
            .param("name", NotificationMethods.NAME)
            .answers(MatcherMethods::delete));
  }

  private static NotificationConfig config(Call call) {
    return new NotificationConfig(call.world());
  }

  private static Item told(Call call, String name, Map<String, String> values) {
    return FIELDS.told(values).with("name", name).with("origin", config(call).origin(name));
  }

  private static Object list(Call call) {
    var items = new ArrayList<Item>();
    config(call)
        .ofType(NotificationConfig.MATCHER)
        .forEach((name, is) -> items.add(told(call, name, is.values())));
    return items;
  }

  private static Map<String, String> known(Call call) {
    var name = call.params().text("name");
    return config(call).known(NotificationConfig.MATCHER, "matcher", name);
  }

  private static Object read(Call call) {
    return told(call, call.params().text("name"), known(call))
        .with("digest", config(call).digest());
  }

  private static void check(Call call) {
    for (var field : call.params().array("match-field")) {
      if (!field.matches(FIELD)) {
        throw Refusal.die("could not apply filter: invalid match-field statement: " + field);
      }
    }
    for (var severities : call.params().array("match-severity")) {
      for (var severity : severities.split(",", -1)) {
        if (!SEVERITIES.contains(severity.strip())) {
          throw Refusal.die("unknown severity " + severity.strip());
        }
      }
    }
  }

  private static @Nullable Object create(Call call) {
    check(call);
    var name = call.params().text("name");
    config(call).checkNew(name);
    config(call).checkTargets(call.params().array("target"));
    config(call).put(name, NotificationConfig.MATCHER, FIELDS.given(call));
    return null;
  }

  private static @Nullable Object update(Call call) {
    check(call);
    config(call).checkDigest(call);
    var values = FIELDS.changed(known(call), call);
    config(call).checkTargets(call.params().array("target"));
    config(call).put(call.params().text("name"), NotificationConfig.MATCHER, values);
    return null;
  }

  private static @Nullable Object delete(Call call) {
    known(call);
    config(call).remove(call.params().text("name"));
    return null;
  }
}
