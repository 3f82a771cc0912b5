package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hearth.stdlib.terraform.Plan.Attribute;
import dev.hearth.stdlib.terraform.Plan.Change;
import dev.hearth.stdlib.terraform.Plan.OutputChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Reads {@code terraform show -json} of a plan. What is sensitive is masked by the trees that say
 * so, and by value wherever it turns up again: providers copy values into attributes that they do
 * not mark.
 *
 * <p>Source: Terraform's "JSON Output Format".
 */
final class PlanReading {
  private final Set<String> secrets = new HashSet<>();

  private PlanReading() {}

  static Plan of(String id, JsonNode said, List<Diagnostic> diagnostics) {
    var reading = new PlanReading();
    reading.learn(said);
    var changes = reading.changes(said.path("resource_changes"));
    var outputs = reading.outputs(said.path("output_changes"));
    boolean changed =
        said.has("applyable")
            ? said.path("applyable").asBoolean()
            : !changes.isEmpty() || !outputs.isEmpty();
    return new Plan(
        id, changed, changes, reading.changes(said.path("resource_drift")), outputs, diagnostics);
  }

  /** Finds the values that must not be shown. */
  private void learn(JsonNode said) {
    for (var part : List.of("resource_changes", "resource_drift", "output_changes")) {
      for (var each : said.path(part)) {
        var change = each.has("change") ? each.path("change") : each;
        learn(change.path("before"), change.path("before_sensitive"));
        learn(change.path("after"), change.path("after_sensitive"));
      }
    }
    var declared = said.path("configuration").path("root_module").path("variables");
    for (var variable : said.path("variables").properties()) {
      if (declared.path(variable.getKey()).path("sensitive").asBoolean()) {
        learnAll(variable.getValue().path("value"));
      }
    }
  }

  private void learn(JsonNode value, JsonNode sensitive) {
    if (sensitive.isBoolean()) {
      if (sensitive.asBoolean()) {
        learnAll(value);
      }
    } else {
      for (var key : keys(sensitive, MissingNode.getInstance())) {
        learn(at(value, key), at(sensitive, key));
      }
    }
  }

  private void learnAll(JsonNode value) {
    if (value.isContainerNode()) {
      value.forEach(this::learnAll);
    } else if (value.isTextual() && !value.textValue().isEmpty()) {
      secrets.add(value.textValue());
    }
  }

  private List<Change> changes(JsonNode list) {
    var changes = new ArrayList<Change>();
    for (var each : list) {
      var change = each.path("change");
      var action = action(change.path("actions"));
      if (!action.equals("no-op")) {
        changes.add(
            new Change(
                each.path("address").asText(),
                each.path("type").asText(),
                each.path("name").asText(),
                action,
                each.path("action_reason").asText(null),
                attributes(change)));
      }
    }
    return changes;
  }

  private static String action(JsonNode actions) {
    return actions.size() > 1 ? "replace" : actions.path(0).asText();
  }

  private List<OutputChange> outputs(JsonNode list) {
    var outputs = new ArrayList<OutputChange>();
    for (var each : list.properties()) {
      var change = each.getValue();
      var action = action(change.path("actions"));
      if (!action.equals("no-op")) {
        var walk = new ArrayList<Attribute>();
        var sides = Sides.of(change);
        compare("", sides, Set.of(), walk);
        boolean hidden = sides.isSensitive() || walk.stream().anyMatch(Attribute::sensitive);
        outputs.add(
            new OutputChange(
                each.getKey(),
                action,
                hidden,
                walk.stream().anyMatch(Attribute::unknown),
                hidden ? null : change.get("before"),
                hidden ? null : change.get("after")));
      }
    }
    return outputs;
  }

  private List<Attribute> attributes(JsonNode change) {
    var replaces = new LinkedHashSet<String>();
    for (var path : change.path("replace_paths")) {
      var text = "";
      for (var step : path) {
        text = inside(text, step.isNumber() ? Integer.valueOf(step.asInt()) : step.asText());
      }
      replaces.add(text);
    }
    var attributes = new ArrayList<Attribute>();
    compare("", Sides.of(change), replaces, attributes);
    return attributes;
  }

  private static boolean isAtOrIn(String path, String of) {
    return path.equals(of) || path.startsWith(of + ".") || path.startsWith(of + "[");
  }

  /** A place in both values and in the trees that say more of them. */
  private record Sides(
      JsonNode before, JsonNode after, JsonNode unknown, JsonNode wasSecret, JsonNode isSecret) {
    static Sides of(JsonNode change) {
      return new Sides(
          change.path("before"),
          change.path("after"),
          change.path("after_unknown"),
          change.path("before_sensitive"),
          change.path("after_sensitive"));
    }

    Sides in(Object key) {
      return new Sides(
          at(before, key), at(after, key), at(unknown, key), at(wasSecret, key), at(isSecret, key));
    }

    boolean isUnknown() {
      return isYes(unknown);
    }

    /** A tree that has only this to say. */
    private static boolean isYes(JsonNode tree) {
      return tree.isBoolean() && tree.asBoolean();
    }

    boolean isSensitive() {
      return isYes(wasSecret) || isYes(isSecret);
    }
  }

  /**
   * Finds what differs at a place and in it.
   *
   * @param replaces the places that make the resource anew
   */
  private void compare(String path, Sides sides, Set<String> replaces, List<Attribute> found) {
    boolean sensitive = sides.isSensitive();
    boolean isLeaf = !sides.before().isContainerNode() && !sides.after().isContainerNode();
    var keys = keys(sides.before(), sides.after());
    keys.addAll(keys(sides.unknown(), MissingNode.getInstance()));
    if (!sensitive && !sides.isUnknown() && !keys.isEmpty() && (!isLeaf || hasUnknown(sides))) {
      keys.forEach(key -> compare(inside(path, key), sides.in(key), replaces, found));
      return;
    }
    var before = orNothing(sides.before());
    var after = orNothing(sides.after());
    if (before.equals(after) && !sides.isUnknown()) {
      return;
    }
    boolean masked = sensitive || isSecret(before) || isSecret(after);
    found.add(
        new Attribute(
            path,
            masked || before.isMissingNode() ? null : before,
            masked || after.isMissingNode() ? null : after,
            sides.isUnknown(),
            masked,
            replaces.stream().anyMatch(of -> isAtOrIn(path, of))));
  }

  private static boolean hasUnknown(Sides sides) {
    return sides.unknown().isContainerNode() && !sides.unknown().isEmpty();
  }

  private static JsonNode orNothing(JsonNode value) {
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  private boolean isSecret(JsonNode value) {
    return value.isContainerNode() ? holdsSecret(value) : secrets.contains(value.asText());
  }

  private boolean holdsSecret(JsonNode value) {
    for (var item : value) {
      if (isSecret(item)) {
        return true;
      }
    }
    return false;
  }

  private static Set<Object> keys(JsonNode one, JsonNode other) {
    var keys = new LinkedHashSet<Object>();
    for (var node : List.of(one, other)) {
      if (node.isArray()) {
        IntStream.range(0, node.size()).forEach(keys::add);
      } else {
        node.fieldNames().forEachRemaining(keys::add);
      }
    }
    return keys;
  }

  private static JsonNode at(JsonNode value, Object key) {
    return key instanceof Integer index ? value.path(index) : value.path((String) key);
  }

  private static String inside(String path, Object key) {
    if (key instanceof Integer index) {
      return path + "[" + index + "]";
    }
    var name = (String) key;
    if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_-]*")) {
      return path + "[\"" + name + "\"]";
    }
    return path.isEmpty() ? name : path + "." + name;
  }
}
