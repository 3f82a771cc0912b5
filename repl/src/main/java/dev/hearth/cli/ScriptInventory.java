package dev.hearth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.report.SafeText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An inventory as a program prints it for Ansible: groups that list names, and the variables of all
 * hosts in one place. A recipe spells it out as Ansible's YAML does, with hosts inside their
 * groups.
 */
final class ScriptInventory {
  private static final Set<String> KEYS = Set.of("hosts", "vars", "children");

  private final ObjectNode groups = JsonNodeFactory.instance.objectNode();
  private final ObjectNode variables = JsonNodeFactory.instance.objectNode();

  private ScriptInventory() {}

  /** What a recipe returned: groups by name, or the one group that has all hosts. */
  static ScriptInventory of(@Nullable JsonNode value) {
    var inventory = new ScriptInventory();
    if (value == null || !value.isObject()) {
      throw wrong("it is no object");
    }
    if (value.has("hosts")) {
      inventory.group("all", value);
    } else {
      value.properties().forEach(one -> inventory.group(one.getKey(), one.getValue()));
    }
    return inventory;
  }

  private void group(String name, JsonNode given) {
    if (!given.isObject() && !given.isNull()) {
      throw wrong("group `" + name + "` is no object with `hosts`, `vars` and `children`");
    }
    for (var one : given.properties()) {
      if (!KEYS.contains(one.getKey())) {
        throw wrong("group `" + name + "` has `" + one.getKey() + "`");
      }
    }
    var group = groups.withObjectProperty(name);
    var hosts = group.withArrayProperty("hosts");
    each(name, given.path("hosts")).forEach((host, own) -> host(hosts, host, own));
    given
        .path("vars")
        .properties()
        .forEach(one -> group.withObjectProperty("vars").set(one.getKey(), one.getValue()));
    var children = group.withArrayProperty("children");
    each(name, given.path("children"))
        .forEach(
            (child, what) -> {
              children.add(child);
              group(child, what);
            });
  }

  private void host(ArrayNode hosts, String host, JsonNode own) {
    hosts.add(host);
    var all = variables.withObjectProperty(host);
    own.properties().forEach(one -> all.set(one.getKey(), one.getValue()));
  }

  /** Names with what they have; a list has names alone. */
  private static Map<String, JsonNode> each(String group, JsonNode given) {
    var all = new LinkedHashMap<String, JsonNode>();
    if (given.isObject()) {
      given.properties().forEach(one -> all.put(one.getKey(), one.getValue()));
    } else if (given.isArray()) {
      given.forEach(name -> all.put(name.asText(), JsonNodeFactory.instance.nullNode()));
    } else if (!given.isMissingNode() && !given.isNull()) {
      throw wrong("group `" + group + "` has no list and no object where one belongs");
    }
    return all;
  }

  private static HearthException wrong(String why) {
    return new HearthException(CliError.NO_INVENTORY, SafeText.line(why));
  }

  /** All of it. */
  ObjectNode list() {
    var all = groups.deepCopy();
    all.putObject("_meta").set("hostvars", variables);
    return all;
  }

  /** The variables of one host; none for one that is not there, as Ansible has it. */
  ObjectNode host(String name) {
    return variables.path(name) instanceof ObjectNode own
        ? own
        : JsonNodeFactory.instance.objectNode();
  }
}
