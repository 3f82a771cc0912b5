package dev.hearth.stdlib.docker.compose;

import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.docker.compose.Value.Entry;
import dev.hearth.stdlib.docker.compose.Value.How;
import dev.hearth.stdlib.docker.compose.Value.Kind;
import dev.hearth.stdlib.docker.compose.Value.Mapping;
import dev.hearth.stdlib.docker.compose.Value.Scalar;
import dev.hearth.stdlib.docker.compose.Value.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads a file into values that know where they stand; anchors and {@code <<} are resolved. */
final class ComposeYaml {
  /** More than anybody writes; a text of aliases that stand for aliases has more. */
  private static final int MOST_VALUES = 200_000;

  private static final int DEEPEST = 100;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setSchema(new CoreSchema())
          .setCodePointLimit(Integer.MAX_VALUE)
          .setMaxAliasesForCollections(10_000)
          .build();

  private final Place file;
  private int count;

  private ComposeYaml(Place file) {
    this.file = file;
  }

  /** The only document of a file; fails for one that is no map. */
  static Mapping read(Origin file) {
    var reader = new ComposeYaml(file.start());
    var value = reader.root(file.text());
    if (value instanceof Mapping mapping) {
      return mapping;
    }
    throw value
        .place()
        .error(
            ComposeError.COMPOSE_VALUE,
            "a Compose file is a map, and this is " + value.what(),
            "Begin with `services:`.");
  }

  private Value root(String text) {
    try {
      var composer =
          new Composer(SETTINGS, new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text)));
      return composer
          .getSingleNode()
          .map(node -> value(node, file, 0))
          .orElseThrow(() -> problem(0, "it is empty"));
    } catch (MarkedYamlEngineException e) {
      var said = e.getProblem() == null ? e.getContext() : e.getProblem();
      throw problem(offset(e.getProblemMark().or(e::getContextMark)), said).causedBy(e);
    } catch (YamlEngineException e) {
      throw problem(0, e.getMessage()).causedBy(e);
    }
  }

  private HearthException problem(int offset, @Nullable String what) {
    var said = what == null ? "it cannot be understood" : what.strip().replaceFirst("\\.$", "");
    return file.at(offset).error(ComposeError.COMPOSE_YAML, said);
  }

  private Value value(Node node, Place parent, int depth) {
    var place = parent.at(offset(node.getStartMark()));
    if (++count > MOST_VALUES || depth > DEEPEST) {
      throw place.error(
          ComposeError.COMPOSE_YAML, "it is nested too deep, or repeats too much by aliases");
    }
    var how = how(node, place);
    return switch (node) {
      case MappingNode mapping -> new Mapping(place, how, entries(mapping, place, depth));
      case SequenceNode sequence -> {
        var items = new ArrayList<Value>();
        for (var item : sequence.getValue()) {
          items.add(value(item, place.item(items.size()), depth + 1));
        }
        yield new Sequence(place, how, items);
      }
      case ScalarNode scalar -> {
        var kind = kind(scalar, how);
        var text = scalar.getValue();
        yield new Scalar(place, how, kind, kind == Kind.NUMBER ? YamlNumber.canonical(text) : text);
      }
      default -> throw problem(place.offset(), "a value is of a kind that is not known");
    };
  }

  private static How how(Node node, Place place) {
    var tag = node.getTag().getValue();
    return switch (tag) {
      case "!override" -> How.REPLACES;
      case "!reset" -> How.REMOVES;
      default -> {
        // A plain `${NAME}` has a tag of its own for this library.
        if (tag.startsWith("!") && tag.length() > 1 && !node.getTag().equals(Tag.ENV_TAG)) {
          throw place.error(
              ComposeError.COMPOSE_YAML, "the tag `" + tag + "` has no meaning in a Compose file");
        }
        yield How.MERGES;
      }
    };
  }

  private static Kind kind(ScalarNode scalar, How how) {
    var tag = scalar.getTag();
    if (tag.equals(Tag.NULL) || (how == How.REMOVES && scalar.isPlain())) {
      return Kind.NOTHING;
    }
    if (tag.equals(Tag.BOOL)) {
      return Kind.FLAG;
    }
    return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? Kind.NUMBER : Kind.TEXT;
  }

  private Map<String, Entry> entries(MappingNode mapping, Place place, int depth) {
    var own = new LinkedHashMap<String, Entry>();
    var merged = new LinkedHashMap<String, Entry>();
    for (var tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw problem(offset(tuple.getKeyNode().getStartMark()), "a key is a list or a map");
      }
      var name = key.getValue();
      var at = place.key(name).at(offset(key.getStartMark()));
      if (name.equals("<<") && key.isPlain()) {
        merge(merged, tuple.getValueNode(), place, depth);
      } else if (own.put(name, new Entry(at, value(tuple.getValueNode(), at, depth + 1))) != null) {
        throw at.error(ComposeError.COMPOSE_YAML, "the key `" + name + "` stands there twice");
      }
    }
    merged.forEach(own::putIfAbsent);
    return own;
  }

  /** What stands behind {@code <<}: a map or a list of them, of which the first counts. */
  private void merge(Map<String, Entry> merged, Node node, Place place, int depth) {
    if (node instanceof SequenceNode list) {
      list.getValue().forEach(each -> merge(merged, each, place, depth + 1));
    } else if (node instanceof MappingNode
        && value(node, place, depth + 1) instanceof Mapping map) {
      map.entries().forEach(merged::putIfAbsent);
    } else {
      throw problem(offset(node.getStartMark()), "`<<` takes a map, or a list of maps");
    }
  }

  /** The library counts characters, a text has UTF-16 units. */
  private int offset(Optional<Mark> mark) {
    var text = file.origin().text();
    int characters = mark.map(Mark::getIndex).orElse(0);
    return text.offsetByCodePoints(0, Math.min(characters, text.codePointCount(0, text.length())));
  }
}
