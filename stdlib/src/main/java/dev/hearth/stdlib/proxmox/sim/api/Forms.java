package dev.hearth.stdlib.proxmox.sim.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How pveproxy reads what clients send: percent-encoded forms and JSON. */
final class Forms {
  private static final JsonMapper JSON = new JsonMapper();

  private Forms() {}

  /**
   * Reads a form or a query. A name that comes twice becomes a list; a name without {@code =} is
   * there but has no value; whatever follows a second {@code =} is lost, as it is in Proxmox.
   */
  static Map<String, @Nullable Object> form(String text) {
    var result = new LinkedHashMap<String, @Nullable Object>();
    for (var pair : text.split("[&;]", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      var halves = pair.split("=", -1);
      var name = decode(halves[0].replace('+', ' '));
      if (halves.length == 1) {
        result.put(name, null);
        continue;
      }
      var value = decode(halves[1].replace('+', ' '));
      var old = result.get(name);
      if (old instanceof List<?> list) {
        var longer = new ArrayList<Object>(list);
        longer.add(value);
        result.put(name, longer);
      } else if (old != null) {
        result.put(name, List.of(old, value));
      } else {
        result.put(name, value);
      }
    }
    return result;
  }

  /** Reads a JSON body; numbers become their text. */
  static Map<String, @Nullable Object> json(String text) {
    try {
      var node = JSON.readTree(text);
      if (!(plain(node) instanceof Map<?, ?> map)) {
        throw Refusal.die("malformed JSON body: an object is required");
      }
      var result = new LinkedHashMap<String, @Nullable Object>();
      map.forEach((name, value) -> result.put(String.valueOf(name), value));
      return result;
    } catch (JsonProcessingException e) {
      throw Refusal.die("malformed JSON string: " + e.getOriginalMessage());
    }
  }

  private static @Nullable Object plain(@Nullable JsonNode node) {
    if (node == null || node.isNull() || node.isMissingNode()) {
      return null;
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isArray()) {
      var list = new ArrayList<@Nullable Object>();
      node.forEach(item -> list.add(plain(item)));
      return list;
    }
    if (node.isObject()) {
      var map = new LinkedHashMap<String, @Nullable Object>();
      node.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
      return map;
    }
    return node.asText();
  }

  /** Undoes percent-encoding; what is no valid escape stays as it is. */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    var bytes = new ByteArrayOutputStream();
    var raw = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(raw[i + 2], 16) : -1;
      if (low >= 0) {
        bytes.write(high * 16 + low);
        i += 2;
      } else {
        bytes.write(raw[i]);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
