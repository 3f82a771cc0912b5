package dev.hearth.stdlib.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.util.Set;
import java.util.regex.Pattern;

/** An inventory that a recipe spells out, in the structure that Ansible's YAML inventories have. */
final class InventoryData {
  private static final Set<String> KEYS = Set.of("hosts", "vars", "children");
  private static final Pattern GROUP = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private InventoryData() {}

  /** Groups by name, or the hosts of the one group that all are in. */
  static ObjectNode of(ObjectNode given) {
    var groups = JsonNodeFactory.instance.objectNode();
    if (given.has("hosts")) {
      groups.set("all", group("all", given));
      return groups;
    }
    given
        .properties()
        .forEach(one -> groups.set(name(one.getKey()), group(one.getKey(), one.getValue())));
    return groups;
  }

  private static String name(String group) {
    if (!GROUP.matcher(group).matches()) {
      throw wrong(group, "is no name of a group: letters, digits and `_`");
    }
    return group;
  }

  private static ObjectNode group(String name, JsonNode given) {
    var group = JsonNodeFactory.instance.objectNode();
    if (given.isNull()) {
      return group;
    }
    if (!given.isObject()) {
      throw wrong(name, "is no object with `hosts`, `vars` and `children`");
    }
    for (var each : given.properties()) {
      if (!KEYS.contains(each.getKey())) {
        throw wrong(
            name,
            "has `"
                + VisibleText.of(each.getKey())
                + "`; a group has `hosts`, `vars` and `children`");
      }
    }
    group.set("hosts", hosts(name, given.path("hosts")));
    var vars = given.path("vars");
    group.set("vars", vars.isObject() ? vars : JsonNodeFactory.instance.objectNode());
    var children = group.putObject("children");
    named(given.path("children"))
        .properties()
        .forEach(one -> children.set(name(one.getKey()), group(one.getKey(), one.getValue())));
    return group;
  }

  private static ObjectNode hosts(String group, JsonNode given) {
    var hosts = named(given);
    for (var one : hosts.properties()) {
      var host = one.getKey();
      boolean isName = !host.isBlank() && host.codePoints().noneMatch(InventoryData::isOdd);
      if (!isName || host.startsWith("-")) {
        throw wrong(group, "has the host `" + VisibleText.of(host) + "`, which is no name of one");
      }
    }
    return hosts;
  }

  /** A range such as {@code web[1:9]} is one of Ansible's own patterns, and is left to it. */
  private static boolean isOdd(int point) {
    return Character.isWhitespace(point) || Character.isISOControl(point) || point == ',';
  }

  /** Names with what they have; a list has names alone. */
  private static ObjectNode named(JsonNode given) {
    if (given instanceof ObjectNode object) {
      return object;
    }
    var named = JsonNodeFactory.instance.objectNode();
    given.forEach(name -> named.putNull(name.asText("")));
    return named;
  }

  private static HearthException wrong(String group, String why) {
    return new HearthException(
        AnsibleError.OPTION,
        "inventory",
        "is wrong at `" + VisibleText.of(group) + "`, which " + why);
  }
}
