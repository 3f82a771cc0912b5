package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hearth.stdlib.terraform.Plan.Attribute;
import dev.hearth.stdlib.terraform.Plan.Change;
import dev.hearth.stdlib.terraform.Plan.OutputChange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads {@code terraform show -json} of a plan. What is sensitive is masked by the trees that say
 * so, and by value wherever it turns up again.
 *
 * <p>Source: Terraform's "JSON Output Format".
 */
final class PlanReading {
  private final SensitiveValues hidden;

  private PlanReading(SensitiveValues hidden) {
    this.hidden = hidden;
  }

  /**
   * The plan that was said.
   *
   * @param hidden learns what is sensitive in it
   */
  static Plan of(String id, JsonNode said, List<Diagnostic> diagnostics, SensitiveValues hidden) {
    var reading = new PlanReading(hidden);
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
        hidden.add(change.path("before"), change.path("before_sensitive"));
        hidden.add(change.path("after"), change.path("after_sensitive"));
      }
    }
    var declared = said.path("configuration").path("root_module").path("variables");
    for (var variable : said.path("variables").properties()) {
      if (declared.path(variable.getKey()).path("sensitive").asBoolean()) {
        hidden.add(variable.getValue().path("value"));
      }
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
        boolean isHidden = sides.isSensitive() || walk.stream().anyMatch(Attribute::sensitive);
        outputs.add(
            new OutputChange(
                each.getKey(),
                action,
                isHidden,
                walk.stream().anyMatch(Attribute::unknown),
                isHidden ? null : change.get("before"),
                isHidden ? null : change.get("after")));
      }
    }
    return outputs;
  }

  private List<Attribute> attributes(JsonNode change) {
    var replaces = new LinkedHashSet<String>();
    for (var path : change.path("replace_paths")) {
      var text = "";
      for (var step : path) {
        text = Places.inside(text, step.isNumber() ? Integer.valueOf(step.asInt()) : step.asText());
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
          Places.at(before, key),
          Places.at(after, key),
          Places.at(unknown, key),
          Places.at(wasSecret, key),
          Places.at(isSecret, key));
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
    var keys = Places.keys(sides.before(), sides.after());
    keys.addAll(Places.keys(sides.unknown(), MissingNode.getInstance()));
    if (!sensitive && !sides.isUnknown() && !keys.isEmpty() && (!isLeaf || hasUnknown(sides))) {
      keys.forEach(key -> compare(Places.inside(path, key), sides.in(key), replaces, found));
      return;
    }
    var before = orNothing(sides.before());
    var after = orNothing(sides.after());
    if (before.equals(after) && !sides.isUnknown()) {
      return;
    }
    boolean masked = sensitive || hidden.isIn(before) || hidden.isIn(after);
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
}
