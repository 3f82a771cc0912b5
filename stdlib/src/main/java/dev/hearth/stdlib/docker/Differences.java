package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Says in words where a network or a volume is not as it is declared. What was declared when it was
 * made and is not any more, is a difference; what was never declared is none.
 */
final class Differences {
  private final SpecMark mark;
  private final Map<String, JsonNode> declared = new LinkedHashMap<>();
  private final List<String> found = new ArrayList<>();

  /** Compares with what is there; with a missing node only to learn what is declared. */
  Differences(JsonNode there) {
    this.mark = SpecMark.of(there.path("Labels"));
  }

  /** A field; one that is not declared may be anything. */
  Differences value(String name, JsonNode wanted, JsonNode there) {
    if (!wanted.isMissingNode()) {
      declared.put(name, wanted);
      // Neither can be changed once it is made, whatever an engine tells of it.
      if (!mark.tells(name, wanted) && !isSame(wanted, there)) {
        found.add("`%s` is %s, not %s".formatted(name, shown(there), shown(wanted)));
      }
    }
    return this;
  }

  /** The declared entries of an object. */
  Differences entries(String name, JsonNode wanted, JsonNode there) {
    for (var each : wanted.properties()) {
      var _ = value(name + "." + each.getKey(), each.getValue(), there.path(each.getKey()));
    }
    return this;
  }

  /**
   * All that was found.
   *
   * @param defaults what a field is that is not declared
   */
  List<String> found(Map<String, JsonNode> defaults) {
    var all = new ArrayList<>(found);
    mark.said().keySet().stream()
        .filter(name -> !declared.containsKey(name))
        .filter(name -> !defaults.containsKey(name) || !mark.tells(name, defaults.get(name)))
        .sorted()
        .forEach(name -> all.add("`%s` is set and no longer declared".formatted(name)));
    return all;
  }

  /** The mark of what is declared. */
  String mark() {
    return SpecMark.text(declared, Function.identity());
  }

  private static boolean isSame(JsonNode wanted, JsonNode there) {
    boolean isOff = wanted.isBoolean() && !wanted.asBoolean() && there.isMissingNode();
    return isOff || wanted.equals(there);
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() || value.isNull()
        ? "not set"
        : "`" + value.asText(value.toString()) + "`";
  }
}
