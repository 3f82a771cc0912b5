package dev.hearth.stdlib.proxmox.sim.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The declarations as Proxmox serves them to its API viewer: a script that begins with one array, a
 * tree of paths with what each method takes. It is made from the declared methods and from nothing
 * else, so it says of a method what the gateway checks.
 */
final class ApiSchema {
  private static final JsonMapper JSON = new JsonMapper();

  private final String path;
  private final String text;
  private final Map<String, ApiSchema> children = new TreeMap<>();
  private final Map<String, Object> info = new TreeMap<>();

  private ApiSchema(String path, String text) {
    this.path = path;
    this.text = text;
  }

  /** What a browser that opens the viewer gets. */
  static String script(Api api) {
    var root = new ApiSchema("", "");
    for (var method : api.methods()) {
      root.at(method.viewedPath()).info.put(method.verb(), method.export());
    }
    JsonNode tree = JSON.valueToTree(root.below());
    return "const apiSchema = " + tree.toPrettyString() + "\n;\n";
  }

  private ApiSchema at(String wanted) {
    var node = this;
    for (var segment : wanted.substring(1).split("/", -1)) {
      var here = node.path + "/" + segment;
      node = node.children.computeIfAbsent(segment, name -> new ApiSchema(here, name));
    }
    return node;
  }

  private List<Object> below() {
    var nodes = new ArrayList<Object>();
    children.values().forEach(child -> nodes.add(child.export()));
    return nodes;
  }

  private Map<String, Object> export() {
    var json = new LinkedHashMap<String, Object>();
    json.put("path", path);
    json.put("text", text);
    json.put("leaf", children.isEmpty() ? 1 : 0);
    if (!info.isEmpty()) {
      json.put("info", info);
    }
    if (!children.isEmpty()) {
      json.put("children", below());
    }
    return json;
  }
}
