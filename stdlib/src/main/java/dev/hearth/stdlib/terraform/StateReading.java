package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code terraform show -json} of a state. What is sensitive is null, and its place is told:
 * where Terraform marks it, and wherever the same value turns up again.
 *
 * <p>Source: Terraform's "JSON Output Format".
 */
final class StateReading {
  private final SensitiveValues hidden = new SensitiveValues();

  /**
   * A resource in the state.
   *
   * @param mode {@code managed} or {@code data}
   * @param tainted whether it is made anew by the next apply
   * @param values by the names that its provider gives them
   * @param sensitive the places that are null because they are sensitive, such as {@code
   *     users[0].password}
   */
  record Resource(
      String address,
      String mode,
      String type,
      String name,
      String provider,
      boolean tainted,
      JsonNode values,
      List<String> sensitive) {}

  private StateReading() {}

  static List<Resource> of(JsonNode said) {
    var found = resources(said);
    var reading = new StateReading();
    for (var each : found) {
      reading.hidden.add(each.path("values"), each.path("sensitive_values"));
    }
    for (var output : said.path("values").path("outputs")) {
      reading.hidden.add(output.path("value"), output.path("sensitive"));
    }
    return found.stream().map(reading::resource).toList();
  }

  /** The resources as Terraform prints them, of all modules. */
  static List<JsonNode> resources(JsonNode said) {
    var found = new ArrayList<JsonNode>();
    collect(said.path("values").path("root_module"), found);
    return found;
  }

  private static void collect(JsonNode module, List<JsonNode> found) {
    module.path("resources").forEach(found::add);
    module.path("child_modules").forEach(child -> collect(child, found));
  }

  private Resource resource(JsonNode said) {
    var sensitive = new ArrayList<String>();
    var values = shown("", said.path("values"), said.path("sensitive_values"), sensitive);
    return new Resource(
        said.path("address").asText(),
        said.path("mode").asText(),
        said.path("type").asText(),
        said.path("name").asText(),
        said.path("provider_name").asText(),
        said.path("tainted").asBoolean(),
        values,
        sensitive);
  }

  private JsonNode shown(String path, JsonNode value, JsonNode marks, List<String> sensitive) {
    if (value.isNull() || value.isMissingNode()) {
      return NullNode.getInstance();
    }
    if ((marks.isBoolean() && marks.asBoolean()) || (value.isValueNode() && hidden.isIn(value))) {
      sensitive.add(path);
      return NullNode.getInstance();
    }
    if (value.isArray()) {
      var items = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < value.size(); i++) {
        items.add(shown(Places.inside(path, i), value.path(i), marks.path(i), sensitive));
      }
      return items;
    }
    if (value.isObject()) {
      var fields = JsonNodeFactory.instance.objectNode();
      for (var each : value.properties()) {
        var name = each.getKey();
        var inside = Places.inside(path, name);
        fields.set(name, shown(inside, each.getValue(), marks.path(name), sensitive));
      }
      return fields;
    }
    return value;
  }
}
