package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Parameters as Proxmox wants them in a query or a form: {@code true} is 1, a list repeats its key,
 * {@code null} is left out.
 */
final class FormText {
  private FormText() {}

  static String of(ObjectNode params) {
    List<String> pairs = new ArrayList<>();
    for (var param : params.properties()) {
      var value = param.getValue();
      if (value.isArray()) {
        value.forEach(item -> add(pairs, param.getKey(), item));
      } else {
        add(pairs, param.getKey(), value);
      }
    }
    return String.join("&", pairs);
  }

  private static void add(List<String> pairs, String key, JsonNode value) {
    if (value.isContainerNode()) {
      throw new HearthException(ProxmoxError.PARAMETER_SHAPE, key);
    }
    if (!value.isNull()) {
      var text = value.isBoolean() ? (value.booleanValue() ? "1" : "0") : value.asText();
      pairs.add(encode(key) + "=" + encode(text));
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
