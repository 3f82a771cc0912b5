package dev.hearth.stdlib.proxmox.sim.copy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.stdlib.proxmox.sim.RootClient;
import dev.hearth.stdlib.proxmox.sim.api.SimRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All that can be read of a simulated Proxmox, whatever is in it: each path with its answer. */
final class Walk {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What a place of a path is called in the list above it, where that is another word. */
  private static final Map<String, List<String>> FIELDS =
      Map.of(
          "snapname", List.of("name"),
          "volume", List.of("volid"),
          "poolid", List.of("poolid"),
          "id", List.of("id", "plugin"),
          "name", List.of("name"),
          "cidr", List.of("cidr"));

  private final RootClient root;
  private final Map<String, Reply> answers = new TreeMap<>();

  /** How a path is answered. */
  record Reply(int status, String reason, JsonNode data) {}

  private Walk(RootClient root) {
    this.root = root;
  }

  /** Each path that can be read, with status and data; without the digests of files. */
  static Map<String, Reply> of(RootClient root) {
    var walk = new Walk(root);
    for (var template : walk.templates()) {
      walk.read(template);
    }
    return walk.answers;
  }

  private List<String> templates() {
    try {
      var answer =
          root.simulator().answer(SimRequest.of("GET", "/pve-docs/api-viewer/apidoc.js", Map.of()));
      var script = new String(answer.bytes(), StandardCharsets.UTF_8);
      var tree = JSON.readTree(script.substring(script.indexOf('['), script.lastIndexOf(';')));
      var found = new ArrayList<String>();
      collect(tree, found);
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void collect(JsonNode nodes, List<String> found) {
    for (var node : nodes) {
      if (node.path("info").has("GET")) {
        found.add(node.get("path").asText());
      }
      collect(node.path("children"), found);
    }
  }

  private void read(String template) {
    for (var path : filled(template)) {
      var answer = root.answer("GET", path);
      var body = answer.body();
      var data = body == null ? MissingNode.getInstance() : plain(body.path("data"));
      answers.put(path, new Reply(answer.status(), answer.reason(), data));
    }
  }

  /** The path with all that can stand in its places. */
  private List<String> filled(String template) {
    int place = template.indexOf('{');
    if (place < 0) {
      return List.of(template);
    }
    int end = template.indexOf('}', place);
    var name = template.substring(place + 1, end);
    var above = template.substring(0, place - 1);
    var rest = template.substring(end + 1);
    var filled = new ArrayList<String>();
    for (var value : values(above, name)) {
      filled.addAll(filled(above + "/" + value + rest));
    }
    return filled;
  }

  private List<String> values(String above, String name) {
    var answer = root.answer("GET", above);
    var values = new ArrayList<String>();
    if (answer.status() == 200 && answer.body() != null) {
      for (var item : answer.body().path("data")) {
        for (var field : FIELDS.getOrDefault(name, List.of(name))) {
          if (item.has(field)) {
            values.add(URLEncoder.encode(item.get(field).asText(), StandardCharsets.UTF_8));
          }
        }
      }
    }
    return values;
  }

  /** Without digests: they are of files, whose order nobody can read. */
  private static JsonNode plain(JsonNode data) {
    var copy = data.deepCopy();
    strip(copy);
    return copy;
  }

  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove("digest");
      if (Set.of("digest").contains(object.path("key").asText())) {
        object.remove("value");
      }
    }
    if (node instanceof ArrayNode || node instanceof ObjectNode) {
      node.forEach(Walk::strip);
    }
  }
}
