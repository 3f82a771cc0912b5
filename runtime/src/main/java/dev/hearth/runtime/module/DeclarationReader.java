package dev.hearth.runtime.module;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunRequest.OnError;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.permission.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the literal's own keys and collects its problems instead of stopping at one. */
final class DeclarationReader {
  private static final List<String> KEYS =
      List.of("summary", "description", "params", "permissions", "lock", "onError");

  /** Beyond that nobody reads on, and each carries its line. */
  private static final int MOST_PROBLEMS = 100;

  private static final int LONGEST_LOCK = 200;
  private static final Pattern PARAMETER = Pattern.compile("\\{([^{}]*)}");

  private final Literal literal;
  private final List<HearthException> problems;

  DeclarationReader(Literal literal) {
    this.literal = literal;
    this.problems = new ArrayList<>(literal.problems());
  }

  List<HearthException> problems() {
    return problems;
  }

  static RecipeDeclaration nothing() {
    return new RecipeDeclaration(
        Optional.empty(),
        Optional.empty(),
        JsonNodeFactory.instance.objectNode(),
        JsonNodeFactory.instance.objectNode(),
        Optional.empty(),
        Optional.empty());
  }

  RecipeDeclaration read() {
    if (!(literal.value() instanceof ObjectNode object)) {
      if (!literal.value().isMissingNode()) {
        wrong("", "recipe", "an object");
      }
      return nothing();
    }
    object.fieldNames().forEachRemaining(this::requireKnown);
    return new RecipeDeclaration(
        text(object, "summary"),
        text(object, "description"),
        object(object, "params"),
        object(object, "permissions"),
        lock(object),
        onError(object));
  }

  private void requireKnown(String key) {
    if (KEYS.contains(key) || problems.size() >= MOST_PROBLEMS) {
      return;
    }
    var hint =
        Suggestion.closest(key, KEYS)
            .map(near -> "Did you mean `" + near + "`?")
            .orElse("Its keys are `" + String.join("`, `", KEYS) + "`.");
    problems.add(
        new HearthException(RecipeError.UNKNOWN_KEY, VisibleText.of(key), hint)
            .at(literal.atKey(Literal.pointer("", key))));
  }

  private Optional<String> text(ObjectNode object, String key) {
    var value = object.path(key);
    if (!value.isMissingNode() && !value.isTextual()) {
      wrong("/" + key, key, "a string");
    }
    return Optional.ofNullable(value.textValue());
  }

  private ObjectNode object(ObjectNode object, String key) {
    var value = object.path(key);
    if (value instanceof ObjectNode inner) {
      return inner;
    }
    if (!value.isMissingNode()) {
      wrong("/" + key, key, "an object");
    }
    return JsonNodeFactory.instance.objectNode();
  }

  /** A name of which every part is known before anything runs, and may be shown. */
  private Optional<String> lock(ObjectNode object) {
    var name = text(object, "lock");
    if (name.isEmpty()) {
      return name;
    }
    if (name.get().isBlank() || name.get().length() > LONGEST_LOCK) {
      wrong("/lock", "lock", "a name of 1 to " + LONGEST_LOCK + " characters");
    }
    var params = object.path("params");
    PARAMETER
        .matcher(name.get())
        .results()
        .map(match -> match.group(1))
        .filter(it -> !params.has(it) || params.path(it).path("secret").asBoolean())
        .forEach(
            it ->
                wrong(
                    "/lock",
                    "lock",
                    "a name in which `{"
                        + VisibleText.of(it)
                        + "}` is a parameter that is no secret"));
    return name;
  }

  private Optional<OnError> onError(ObjectNode object) {
    JsonNode value = object.path("onError");
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    for (var choice : OnError.values()) {
      if (choice.name().toLowerCase(Locale.ROOT).equals(value.textValue())) {
        return Optional.of(choice);
      }
    }
    wrong("/onError", "onError", "`'stop'`, `'undo'` or `'ask'`");
    return Optional.empty();
  }

  private void wrong(String pointer, String key, String rule) {
    problems.add(new HearthException(RecipeError.WRONG_VALUE, key, rule).at(literal.at(pointer)));
  }
}
