package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.TextPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file in Terraform's JSON syntax ({@code *.tf.json}) as the structure that it stands for. Places
 * inside of it are not known: all stands in line 1.
 *
 * <p>Source: Terraform's "JSON Configuration Syntax".
 */
final class JsonModuleFile {
  private static final Map<String, Integer> LABELS =
      Map.of(
          "variable",
          1,
          "output",
          1,
          "module",
          1,
          "provider",
          1,
          "resource",
          2,
          "data",
          2,
          "backend",
          1);

  /** Blocks inside of blocks; everything else is an attribute. */
  private static final Set<String> INNER =
      Set.of("validation", "backend", "cloud", "required_providers");

  private final String file;

  private JsonModuleFile(String file) {
    this.file = file;
  }

  static HclBody read(String file, String text) {
    JsonNode root;
    try {
      root = TerraformProgram.MAPPER.readTree(text);
    } catch (JacksonException e) {
      var where = e.getLocation();
      int offset = where == null ? 0 : (int) Math.max(0, where.getCharOffset());
      var place = TextPlace.at(text, offset);
      throw place
          .in(
              new HearthException(
                  TerraformError.SYNTAX, file, place.line(), place.column(), "it is no JSON"))
          .causedBy(e);
    }
    var blocks = new ArrayList<HclBody.Block>();
    for (var each : root.properties()) {
      new JsonModuleFile(file).add(blocks, each.getKey(), List.of(), each.getValue());
    }
    return new HclBody(List.of(), blocks);
  }

  private void add(List<HclBody.Block> blocks, String type, List<String> labels, JsonNode value) {
    if (value.isArray()) {
      value.forEach(item -> add(blocks, type, labels, item));
    } else if (labels.size() < LABELS.getOrDefault(type, 0)) {
      for (var each : value.properties()) {
        var more = new ArrayList<>(labels);
        more.add(each.getKey());
        add(blocks, type, more, each.getValue());
      }
    } else {
      blocks.add(new HclBody.Block(type, labels, body(value), 1));
    }
  }

  private HclBody body(JsonNode object) {
    var attributes = new ArrayList<HclBody.Attribute>();
    var blocks = new ArrayList<HclBody.Block>();
    for (var each : object.properties()) {
      if (INNER.contains(each.getKey())) {
        add(blocks, each.getKey(), List.of(), each.getValue());
      } else {
        attributes.add(new HclBody.Attribute(each.getKey(), expression(each), 1));
      }
    }
    return new HclBody(attributes, blocks);
  }

  private HclExpression expression(Map.Entry<String, JsonNode> attribute) {
    var value = attribute.getValue();
    var text = value.isTextual() ? value.textValue() : value.toString();
    // Of all attributes only a type is an expression without being marked as one.
    var term =
        attribute.getKey().equals("type")
            ? HclTermReader.read(file, text)
            : new HclTerm.Constant(value);
    return new HclExpression(text, term);
  }
}
