package dev.hearth.runtime.engine.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;

/** Texts of {@code application/x-www-form-urlencoded}, as the URL Standard reads them. */
final class FormText {
  private FormText() {}

  /** Names and values in turn, as a JSON array. */
  static String parse(String text) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (var pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      list.add(decoded(equals < 0 ? pair : pair.substring(0, equals)));
      list.add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
    }
    return list.toString();
  }

  private static String decoded(String text) {
    return new String(PercentEncoding.decode(text.replace('+', ' ')), StandardCharsets.UTF_8);
  }
}
