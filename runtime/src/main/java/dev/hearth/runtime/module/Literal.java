package dev.hearth.runtime.module;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.ErrorReport.Location;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.module.LiteralSyntax.Entries;
import dev.hearth.runtime.module.LiteralSyntax.Items;
import dev.hearth.runtime.module.LiteralSyntax.NotData;
import dev.hearth.runtime.module.LiteralSyntax.Scalar;
import dev.hearth.runtime.permission.VisibleText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Plain data from the text of a module, with the place of each value by its JSON pointer.
 *
 * <p>What is not data is left out of {@link #value} and told in {@link #problems}.
 */
public final class Literal {
  private static final int DEEPEST = 100;
  private static final int MOST_PROBLEMS = 100;
  private static final int LONGEST_QUOTE = 60;

  private final SourceText source;
  private final Map<String, Integer> values = new HashMap<>();
  private final Map<String, Integer> keys = new HashMap<>();
  private final List<HearthException> problems = new ArrayList<>();
  private final JsonNode value;

  private Literal(SourceText source, LiteralSyntax syntax) {
    this.source = source;
    this.value = read(syntax, "", 0);
  }

  /** Reads data; never fails, see {@link #problems}. */
  static Literal of(SourceText source, LiteralSyntax syntax) {
    return new Literal(source, syntax);
  }

  /** The data; missing node when the whole of it is none. */
  public JsonNode value() {
    return value;
  }

  /** All that is not plain data, in the order of the text; at most a hundred. */
  public List<HearthException> problems() {
    return List.copyOf(problems);
  }

  /** The place of the value at a JSON pointer; of the nearest value around it when it is absent. */
  public Location at(String pointer) {
    return source.at(offset(values, pointer));
  }

  /** The place of the key that leads to the value at a JSON pointer, or of what is around it. */
  public Location atKey(String pointer) {
    var key = keys.get(pointer);
    return key == null ? at(pointer) : source.at(key);
  }

  private static int offset(Map<String, Integer> offsets, String pointer) {
    for (var at = pointer; ; at = at.substring(0, at.lastIndexOf('/'))) {
      var found = offsets.get(at);
      if (found != null) {
        return found;
      }
      if (at.indexOf('/') < 0) {
        return 0;
      }
    }
  }

  /** The JSON pointer of {@code key} in the object at {@code parent}. */
  public static String pointer(String parent, String key) {
    return parent + "/" + key.replace("~", "~0").replace("/", "~1");
  }

  private JsonNode read(LiteralSyntax syntax, String pointer, int depth) {
    values.put(pointer, syntax.start());
    if (depth > DEEPEST) {
      tell(syntax.start(), () -> new HearthException(RecipeError.TOO_DEEP));
      return JsonNodeFactory.instance.missingNode();
    }
    return switch (syntax) {
      case Scalar scalar -> scalar.value();
      case Items items -> readItems(items, pointer, depth);
      case Entries entries -> readEntries(entries, pointer, depth);
      case NotData other -> refuse(other);
    };
  }

  private JsonNode readItems(Items syntax, String pointer, int depth) {
    var array = JsonNodeFactory.instance.arrayNode();
    int index = 0;
    for (var item : syntax.items()) {
      var read = read(item, pointer + "/" + index, depth + 1);
      if (!read.isMissingNode()) {
        array.add(read);
      }
      index++;
    }
    return array;
  }

  private JsonNode readEntries(Entries syntax, String pointer, int depth) {
    var object = JsonNodeFactory.instance.objectNode();
    for (var entry : syntax.entries()) {
      if (entry.value() instanceof NotData other) {
        refuse(other);
        continue;
      }
      var at = pointer(pointer, entry.key());
      if (keys.putIfAbsent(at, entry.keyStart()) != null) {
        tell(
            entry.keyStart(),
            () -> new HearthException(RecipeError.DUPLICATE_KEY, VisibleText.of(entry.key())));
        continue;
      }
      var read = read(entry.value(), at, depth + 1);
      if (!read.isMissingNode()) {
        object.set(entry.key(), read);
      }
    }
    return object;
  }

  private JsonNode refuse(NotData other) {
    tell(
        other.start(),
        () -> new HearthException(RecipeError.NOT_LITERAL, other.what(), quote(other)));
    return JsonNodeFactory.instance.missingNode();
  }

  /** Beyond the first hundred nobody reads on, and each carries its line. */
  private void tell(int offset, Supplier<HearthException> problem) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(problem.get().at(source.at(offset)));
    }
  }

  private String quote(NotData other) {
    int end = Math.min(other.end(), other.start() + LONGEST_QUOTE + 1);
    var text = source.text().substring(other.start(), end).lines().findFirst().orElse("");
    var shown = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text;
    return VisibleText.of(shown);
  }
}
