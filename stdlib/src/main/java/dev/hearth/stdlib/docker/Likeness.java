package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether a field of a container is what it was said to be, by what it means: order, defaults and
 * other words for the same thing are no difference.
 */
final class Likeness {
  /** Objects whose names are somebody's own: that one is there says something, also if empty. */
  private static final Set<String> MAPS =
      Set.of(
          "Annotations",
          "Config",
          "DriverOpts",
          "ExposedPorts",
          "Labels",
          "Options",
          "PortBindings",
          "StorageOpt",
          "Sysctls",
          "Tmpfs",
          "Volumes");

  /** What a port that is said without an address listens on. */
  private static final Set<String> EVERYWHERE = Set.of("", "0.0.0.0", "::", "[::]");

  private Likeness() {}

  /**
   * Whether a field is what is wanted and holds nothing else.
   *
   * @param inherited what the image says of that field; that may be there as well
   */
  static boolean isSame(String field, JsonNode wanted, JsonNode actual, JsonNode inherited) {
    return switch (field) {
      case "Env" -> isSameEnvironment(wanted, actual, inherited);
      case "Cmd", "Entrypoint", "CapAdd", "CapDrop", "NetworkMode" -> covers(field, wanted, actual);
      default -> covers(field, wanted, actual) && holdsNoMore(field, wanted, actual, inherited);
    };
  }

  /** Whether all that is wanted is there, whatever else is. */
  static boolean covers(String field, JsonNode wanted, JsonNode actual) {
    return switch (field) {
      case "CapAdd", "CapDrop" -> capabilities(wanted).equals(capabilities(actual));
      case "NetworkMode" -> mode(wanted.asText("")).equals(mode(actual.asText("")));
      default ->
          SpecMark.ORDERED.contains(field)
              ? wanted.equals(actual) || (wanted.isEmpty() && actual.isEmpty())
              : coversValue(field, wanted, actual);
    };
  }

  private static boolean coversValue(String name, JsonNode wanted, JsonNode actual) {
    if (isAbsent(wanted)) {
      return true;
    }
    if (wanted.isObject()) {
      return wanted.properties().stream()
          .allMatch(
              each ->
                  (!MAPS.contains(name) || actual.has(each.getKey()))
                      && covers(each.getKey(), each.getValue(), actual.path(each.getKey())));
    }
    if (wanted.isArray()) {
      return wanted
          .valueStream()
          .allMatch(each -> actual.valueStream().anyMatch(other -> coversValue(name, each, other)));
    }
    if (wanted.isNumber()) {
      return wanted.decimalValue().compareTo(actual.decimalValue()) == 0;
    }
    if (wanted.isBoolean()) {
      return wanted.booleanValue() == actual.asBoolean();
    }
    return switch (name) {
      case "HostPort" -> wanted.asText().isEmpty() || wanted.asText().equals(actual.asText(""));
      case "HostIp" ->
          wanted.asText().isEmpty()
              ? EVERYWHERE.contains(actual.asText(""))
              : wanted.asText().equals(actual.asText(""));
      default -> wanted.asText().equals(actual.asText(""));
    };
  }

  private static boolean holdsNoMore(
      String name, JsonNode wanted, JsonNode actual, JsonNode inherited) {
    if (actual.equals(inherited)) {
      return true;
    }
    if (actual.isObject()) {
      return actual.properties().stream()
          .allMatch(
              each -> {
                var field = each.getKey();
                return (!wanted.has(field) && MAPS.contains(name))
                    ? inherited.has(field)
                    : holdsNoMore(
                        field, wanted.path(field), each.getValue(), inherited.path(field));
              });
    }
    if (actual.isArray()) {
      return actual
          .valueStream()
          .allMatch(
              each ->
                  wanted.valueStream().anyMatch(other -> isSameElement(name, other, each))
                      || inherited.valueStream().anyMatch(each::equals));
    }
    return !isAbsent(wanted) || isBlank(actual);
  }

  private static boolean isSameElement(String list, JsonNode wanted, JsonNode actual) {
    return coversValue(list, wanted, actual)
        && holdsNoMore("", wanted, actual, MissingNode.getInstance());
  }

  /** Whether it says no more than what is not there. */
  static boolean isBlank(JsonNode value) {
    if (value.isContainerNode()) {
      return value.valueStream().allMatch(Likeness::isBlank);
    }
    return isAbsent(value)
        || (value.isNumber() && value.decimalValue().signum() == 0)
        || (value.isBoolean() && !value.booleanValue())
        || (value.isTextual() && value.textValue().isEmpty());
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static String mode(String mode) {
    return mode.isEmpty() || mode.equals("default") ? "bridge" : mode;
  }

  private static Set<String> capabilities(JsonNode names) {
    var plain = new LinkedHashSet<String>();
    names.forEach(
        name -> plain.add(name.asText().toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "")));
    return plain;
  }

  private static boolean isSameEnvironment(JsonNode wanted, JsonNode actual, JsonNode inherited) {
    var expected = variables(inherited);
    expected.putAll(variables(wanted));
    return withValues(expected).equals(withValues(variables(actual)));
  }

  /** A variable without a value is one that is taken out. */
  private static Map<String, @Nullable String> variables(JsonNode environment) {
    var variables = new TreeMap<String, @Nullable String>();
    for (var each : environment) {
      var parts = each.asText().split("=", 2);
      variables.put(parts[0], parts.length == 2 ? parts[1] : null);
    }
    return variables;
  }

  private static Map<String, String> withValues(Map<String, @Nullable String> variables) {
    var rest = new TreeMap<String, String>();
    variables.forEach(
        (name, value) -> {
          if (value != null) {
            rest.put(name, value);
          }
        });
    return rest;
  }
}
