package dev.hearth.stdlib.proxmox.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Splits a property string into keys and values, with aliases resolved, in Proxmox's order. */
final class PropertyReader {
  /** What was read; with a problem, the values are those before it. */
  record Result(Map<String, String> values, @Nullable String problem) {}

  private final PropertyFormat format;
  private final Map<String, String> values = new LinkedHashMap<>();
  private boolean bare;

  private PropertyReader(PropertyFormat format) {
    this.format = format;
  }

  static Result read(PropertyFormat format, String text) {
    var reader = new PropertyReader(format);
    for (var part : text.split(",", -1)) {
      if (!part.isBlank()) {
        var problem = reader.part(part);
        if (problem != null) {
          return new Result(reader.values, problem);
        }
      }
    }
    return new Result(reader.values, null);
  }

  private @Nullable String part(String part) {
    var equals = part.indexOf('=');
    if (equals < 0) {
      return bare(part);
    }
    if (equals == 0 || equals == part.length() - 1) {
      return "missing key in comma-separated list property";
    }
    return pair(part.substring(0, equals), part.substring(equals + 1));
  }

  private @Nullable String bare(String value) {
    var first = format.first().orElse(null);
    if (first == null) {
      return "value without key, but schema does not define a default key";
    }
    if (bare || values.containsKey(first)) {
      return "duplicate key in comma-separated list property: " + first;
    }
    bare = true;
    values.put(first, value);
    return null;
  }

  private @Nullable String pair(String written, String value) {
    if (values.containsKey(written)) {
      return "duplicate key in comma-separated list property: " + written;
    }
    var key = written;
    var property = format.properties().get(written);
    if (property != null && property.alias() != null) {
      if (property.keyAlias() != null) {
        if (values.containsKey(property.keyAlias())) {
          return "key alias '" + property.keyAlias() + "' is already defined";
        }
        values.put(property.keyAlias(), written);
      }
      key = property.alias();
      property = format.properties().get(key);
    }
    var bool =
        property != null
            && property.type() != null
            && property.type().kind() == ValueType.Kind.BOOLEAN;
    values.put(key, bool ? digit(value) : value);
    return null;
  }

  /** Inside property strings, unlike in forms, words stand for booleans. */
  private static String digit(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "1", "on", "yes", "true" -> "1";
      case "0", "off", "no", "false" -> "0";
      default -> value;
    };
  }
}
