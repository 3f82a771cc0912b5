package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Says in words where something is not as it was declared. */
final class Differences {
  private Differences() {}

  /** A field; one that is not declared may be anything. */
  static void value(String name, JsonNode wanted, JsonNode there, List<String> found) {
    boolean isOff = wanted.isBoolean() && !wanted.asBoolean() && there.isMissingNode();
    if (!wanted.isMissingNode() && !isOff && !wanted.equals(there)) {
      found.add("`%s` is %s, not %s".formatted(name, shown(there), shown(wanted)));
    }
  }

  /** The declared entries of an object. */
  static void entries(String name, JsonNode wanted, JsonNode there, List<String> found) {
    for (var each : wanted.properties()) {
      value(name + "." + each.getKey(), each.getValue(), there.path(each.getKey()), found);
    }
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() || value.isNull()
        ? "not set"
        : "`" + value.asText(value.toString()) + "`";
  }
}
