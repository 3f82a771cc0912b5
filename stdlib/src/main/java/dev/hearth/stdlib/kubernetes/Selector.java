package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Selectors of labels and fields, as the API takes them. */
final class Selector {
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9./_-]+");
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._-]*");

  private Selector() {}

  /**
   * From a text, which is taken as it is, or from an object: a value has to be equal, one of a list
   * has to be, of {@code null} the label must not be there.
   */
  static @Nullable String labels(@Nullable JsonNode given) {
    return terms(given, Selector::label);
  }

  /** A term of a selector, from a member of what was given. */
  private interface Term {
    String of(String name, JsonNode value, JsonNode given);
  }

  private static @Nullable String terms(@Nullable JsonNode given, Term term) {
    if (given == null || given.isNull()) {
      return null;
    }
    if (given.isTextual()) {
      return given.textValue();
    }
    if (!given.isObject()) {
      throw wrong(given);
    }
    return given.properties().stream()
        .map(entry -> term.of(entry.getKey(), entry.getValue(), given))
        .collect(Collectors.joining(","));
  }

  private static String label(String name, JsonNode value, JsonNode given) {
    if (!WORD.matcher(name).matches()) {
      throw wrong(given);
    }
    if (value.isNull()) {
      return "!" + name;
    }
    if (value.isArray() && !value.isEmpty()) {
      var texts = new ArrayList<String>();
      value.forEach(each -> texts.add(word(each, given)));
      return name + " in (" + String.join(",", texts) + ")";
    }
    return name + "=" + word(value, given);
  }

  private static String word(JsonNode value, JsonNode given) {
    if (!value.isValueNode() || !VALUE.matcher(value.asText()).matches()) {
      throw wrong(given);
    }
    return value.asText();
  }

  /** From a text or from an object whose values have to be equal. */
  static @Nullable String fields(@Nullable JsonNode given) {
    return terms(given, Selector::field);
  }

  private static String field(String name, JsonNode value, JsonNode given) {
    if (!WORD.matcher(name).matches() || !value.isValueNode()) {
      throw wrong(given);
    }
    return name + "=" + value.asText().replaceAll("([\\\\,=])", "\\\\$1");
  }

  private static HearthException wrong(JsonNode given) {
    return new HearthException(KubernetesError.SELECTOR_WRONG, ApiPath.shown(given.toString()));
  }
}
