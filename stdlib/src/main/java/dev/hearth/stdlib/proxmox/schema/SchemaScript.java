package dev.hearth.stdlib.proxmox.schema;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The script behind the API viewer: {@code const apiSchema = [ … ];}, then code of the viewer. The
 * array is read as JSON; nothing of it is run, and what follows is not looked at.
 */
public final class SchemaScript {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern START =
      Pattern.compile("\\A\\s*(?:const|let|var)\\s+\\w+\\s*=\\s*(?=\\[)");
  private static final int DEEPEST = 32;

  /** What is for people to read: most of the script, and of no use here. */
  private static final Set<String> PROSE =
      Set.of("description", "verbose_description", "typetext", "title");

  private SchemaScript() {}

  /**
   * The tree of paths, with the parameters of each method and who may call it, and nothing else.
   *
   * @throws HearthException {@code proxmox.schema-unreadable}
   */
  public static JsonNode tree(String script) {
    var start = START.matcher(script);
    if (!start.find()) {
      throw unreadable("it does not begin with an array that is given a name");
    }
    try (var parser = JSON.getFactory().createParser(script.substring(start.end()))) {
      return below(JSON.readTree(parser), 0);
    } catch (JacksonException e) {
      throw unreadable("its array is not JSON").causedBy(e);
    } catch (IOException e) {
      throw new IllegalStateException("Reading a text does no input.", e);
    }
  }

  static HearthException unreadable(String why) {
    return new HearthException(SchemaError.SCHEMA_UNREADABLE, why);
  }

  private static ArrayNode below(JsonNode nodes, int depth) {
    if (!nodes.isArray() || depth > DEEPEST) {
      throw unreadable("its paths are not a tree");
    }
    var reduced = JSON.createArrayNode();
    for (var node : nodes) {
      var json = reduced.addObject();
      json.set("path", node.path("path"));
      var info = json.putObject("info");
      for (var method : node.path("info").properties()) {
        var kept = info.putObject(method.getKey());
        kept.set("parameters", withoutProse(method.getValue().path("parameters"), depth));
        kept.set("permissions", rule(method.getValue().path("permissions")));
      }
      if (node.has("children")) {
        json.set("children", below(node.path("children"), depth + 1));
      }
    }
    return reduced;
  }

  /** Who may call a method; nothing for what only root may, of which nothing is declared. */
  private static ObjectNode rule(JsonNode permissions) {
    var rule = JSON.createObjectNode();
    if (permissions.path("check").isArray()) {
      rule.set("check", permissions.path("check"));
    } else if (!permissions.isEmpty()) {
      rule.put("user", permissions.path("user").asText("all")); // or only told in words
    }
    return rule;
  }

  /** A parameter may be named {@code description}: only texts go. */
  private static JsonNode withoutProse(JsonNode node, int depth) {
    if (depth > DEEPEST) {
      throw unreadable("a parameter is described too deeply");
    }
    if (!(node instanceof ObjectNode object)) {
      return node.isMissingNode() ? JSON.createObjectNode() : node;
    }
    var reduced = JSON.createObjectNode();
    for (var field : object.properties()) {
      if (!(field.getValue().isTextual() && PROSE.contains(field.getKey()))) {
        reduced.set(field.getKey(), withoutProse(field.getValue(), depth + 1));
      }
    }
    return reduced;
  }
}
