package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Selectors of labels and fields, as the API takes them. */
final class Selector {
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9./_-]+");
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._-]*");

  private Selector() {}

  /**
   * From a text, which is taken as it is, or from an object: a value has to be equal, one of a list
   * has to be, of {@code null} the label must not be there, of {@code true} it must.
   */
  static @Nullable String labels(@Nullable JsonNode given) {
    if (given == null || given.isNull()) {
      return null;
    }
    if (given.isTextual()) {
      return given.textValue();
    }
    if (!given.isObject()) {
      throw wrong(given);
    }
    var parts = new ArrayList<String>();
    for (var entry : given.properties()) {
      parts.add(label(entry.getKey(), entry.getValue(), given));
    }
    return String.join(",", parts);
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
    if (given == null || given.isNull()) {
      return null;
    }
    if (given.isTextual()) {
      return given.textValue();
    }
    if (!given.isObject()) {
      throw wrong(given);
    }
    var parts = new ArrayList<String>();
    for (var entry : given.properties()) {
      if (!WORD.matcher(entry.getKey()).matches() || !entry.getValue().isValueNode()) {
        throw wrong(given);
      }
      var value = entry.getValue().asText().replaceAll("([\\\\,=])", "\\\\$1");
      parts.add(entry.getKey() + "=" + value);
    }
    return String.join(",", parts);
  }

  private static HearthException wrong(JsonNode given) {
    return new HearthException(KubernetesError.SELECTOR_WRONG, ApiPath.shown(given.toString()));
  }
}
