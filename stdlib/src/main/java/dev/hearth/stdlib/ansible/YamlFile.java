package dev.hearth.stdlib.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * A file as Ansible reads it: YAML 1.1, with {@code !vault} and {@code !unsafe}, which stay the
 * texts that they are in the form of Ansible's own JSON. Nothing is decrypted.
 */
final class YamlFile {
  /** More than anybody writes; a text of aliases that stand for aliases has more. */
  private static final int MOST_VALUES = 200_000;

  private static final int DEEPEST = 100;
  private static final String VAULT = "$ANSIBLE_VAULT;";

  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setCodePointLimit(Integer.MAX_VALUE)
          .setMaxAliasesForCollections(10_000)
          .setAllowDuplicateKeys(true)
          .build();

  private final String name;
  private final IdentityHashMap<JsonNode, Integer> lines = new IdentityHashMap<>();
  private final JsonNode value;
  private int count;

  private YamlFile(String name, String text) {
    this.name = name;
    this.value = text.startsWith(VAULT) ? JsonNodeFactory.instance.missingNode() : read(text);
  }

  /** What a text says; nothing where a vault hides all of it. */
  static YamlFile of(String name, String text) {
    return new YamlFile(name, text);
  }

  JsonNode value() {
    return value;
  }

  /** The line that a map of the file begins at, from 1 on. */
  int line(JsonNode map) {
    return lines.getOrDefault(map, 1);
  }

  private JsonNode read(String text) {
    try {
      var composer =
          new Composer(SETTINGS, new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text)));
      return composer
          .getSingleNode()
          .map(node -> value(node, 0))
          .orElseGet(JsonNodeFactory.instance::missingNode);
    } catch (MarkedYamlEngineException e) {
      var said = e.getProblem() == null ? e.getContext() : e.getProblem();
      throw wrong(line(e.getProblemMark().or(e::getContextMark)), said).causedBy(e);
    } catch (YamlEngineException | NumberFormatException e) { // the latter of a cut-off escape
      throw wrong(1, e.getMessage()).causedBy(e);
    }
  }

  private HearthException wrong(int line, @Nullable String what) {
    var said = what == null ? "it is no YAML" : what.strip().replaceFirst("\\.$", "");
    return new HearthException(AnsibleError.YAML, VisibleText.of(name), line, VisibleText.of(said))
        .with("file", name)
        .with("line", line);
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(Mark::getLine).orElse(0) + 1;
  }

  private JsonNode value(Node node, int depth) {
    if (++count > MOST_VALUES || depth > DEEPEST) {
      throw wrong(
          line(node.getStartMark()), "it is nested too deep, or repeats too much by aliases");
    }
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar);
      case SequenceNode sequence -> {
        var list = JsonNodeFactory.instance.arrayNode();
        sequence.getValue().forEach(item -> list.add(value(item, depth + 1)));
        yield list;
      }
      case MappingNode mapping -> map(mapping, depth);
      default -> throw wrong(line(node.getStartMark()), "a value is of no known kind");
    };
  }

  private static JsonNode scalar(ScalarNode scalar) {
    var text = scalar.getValue();
    return switch (scalar.getTag().getValue()) {
      case "!vault", "!vault-encrypted" -> marked("__ansible_vault", text);
      case "!unsafe" -> marked("__ansible_unsafe", text);
      default -> scalar.isPlain() ? PlainWord.value(text) : JsonNodeFactory.instance.textNode(text);
    };
  }

  private static JsonNode marked(String how, String text) {
    return JsonNodeFactory.instance.objectNode().put(how, text);
  }

  private ObjectNode map(MappingNode mapping, int depth) {
    var map = JsonNodeFactory.instance.objectNode();
    var merged = JsonNodeFactory.instance.objectNode();
    lines.put(map, line(mapping.getStartMark()));
    for (var tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw wrong(line(tuple.getKeyNode().getStartMark()), "a key is a list or a map");
      }
      var value = value(tuple.getValueNode(), depth + 1);
      if (key.isPlain() && key.getValue().equals("<<")) {
        sources(value).forEach(each -> each.properties().forEach(one -> putFirst(merged, one)));
      } else {
        map.set(key.getValue(), value);
      }
    }
    merged.properties().forEach(one -> putFirst(map, one));
    return map;
  }

  private static void putFirst(ObjectNode map, Map.Entry<String, JsonNode> one) {
    if (!map.has(one.getKey())) {
      map.set(one.getKey(), one.getValue());
    }
  }

  /** What stands behind {@code <<}: a map or a list of them, of which the first counts. */
  private static Iterable<JsonNode> sources(JsonNode merged) {
    return merged.isArray() ? merged : List.of(merged);
  }
}
