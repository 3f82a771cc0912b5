package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * In what a container is not as it is said to be. Only what is said is compared, by what it means:
 * order, defaults and other words for the same thing are no difference.
 */
final class ContainerDifference {
  private final ContainerSpec spec;
  private final JsonNode container;
  private final String imageId;
  private final Set<String> fields = new LinkedHashSet<>();
  private final ObjectNode updates = JsonNodeFactory.instance.objectNode();
  private final Map<String, ObjectNode> joins = new LinkedHashMap<>();
  private final List<String> leaves = new ArrayList<>();

  private ContainerDifference(ContainerSpec spec, JsonNode container, String imageId) {
    this.spec = spec;
    this.container = container;
    this.imageId = imageId;
  }

  /**
   * Compares.
   *
   * @param container as inspect tells it
   * @param imageId what the name of its image means now
   */
  static ContainerDifference of(ContainerSpec spec, JsonNode container, String imageId) {
    var difference = new ContainerDifference(spec, container, imageId);
    difference.compare();
    return difference;
  }

  /** Whether it can only be made anew. */
  boolean needsAnother() {
    return !fields.isEmpty();
  }

  /** The keys of the specification that differ. */
  List<String> keys() {
    var keys = new LinkedHashSet<String>();
    fields.forEach(field -> keys.add(spec.keys().getOrDefault(field, field)));
    updates
        .fieldNames()
        .forEachRemaining(
            field -> keys.add(spec.keys().getOrDefault("HostConfig." + field, field)));
    if (!joins.isEmpty() || !leaves.isEmpty()) {
      keys.add("networks");
    }
    return List.copyOf(keys);
  }

  /** What an update of the API changes. */
  ObjectNode updates() {
    return updates;
  }

  /** The networks that it has to join, after it left those of {@link #leaves}. */
  Map<String, ObjectNode> joins() {
    return joins;
  }

  List<String> leaves() {
    return leaves;
  }

  private void compare() {
    spec.fields().forEach(this::compare);
    if (!spec.networks().isEmpty()) {
      compareNetworks();
    }
  }

  private void compare(String field, JsonNode wanted) {
    if (field.equals("Image")) {
      if (!container.path("Image").asText().equals(imageId)) {
        fields.add(field);
      }
      return;
    }
    var name = field.startsWith("HostConfig.") ? field.substring("HostConfig.".length()) : null;
    if (name == null) {
      var actual = container.path("Config").path(field);
      if (!SpecMark.tells(container, field, wanted) && !isSame(field, wanted, actual)) {
        fields.add(field);
      }
      return;
    }
    var actual = container.path("HostConfig").path(name);
    if (ContainerSpec.UPDATABLE_FIELDS.contains(name)) {
      if (!covers(wanted, actual)) {
        updates.set(name, wanted);
      }
    } else if (!SpecMark.tells(container, field, wanted) && !isSame(name, wanted, actual)) {
      fields.add(field);
    }
  }

  private static boolean isSame(String field, JsonNode wanted, JsonNode actual) {
    return switch (field) {
      case "Cmd", "Entrypoint" -> wanted.equals(actual) || (wanted.isEmpty() && actual.isEmpty());
      case "CapAdd", "CapDrop" -> capabilities(wanted).equals(capabilities(actual));
      case "NetworkMode" -> mode(wanted.asText()).equals(mode(actual.asText()));
      default -> covers(wanted, actual);
    };
  }

  private static String mode(String mode) {
    return mode.equals("default") ? "bridge" : mode;
  }

  private static Set<String> capabilities(JsonNode names) {
    var plain = new LinkedHashSet<String>();
    names.forEach(
        name -> plain.add(name.asText().toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "")));
    return plain;
  }

  /** Whether all that is wanted is there, whatever else is. */
  private static boolean covers(JsonNode wanted, JsonNode actual) {
    if (wanted.isObject()) {
      return wanted.properties().stream()
          .allMatch(
              each ->
                  isAny(each.getKey(), each.getValue())
                      || covers(each.getValue(), actual.path(each.getKey())));
    }
    if (wanted.isArray()) {
      return wanted
          .valueStream()
          .allMatch(each -> actual.valueStream().anyMatch(other -> covers(each, other)));
    }
    if (wanted.isNumber()) {
      return wanted.decimalValue().compareTo(actual.decimalValue()) == 0;
    }
    return wanted.isBoolean()
        ? wanted.booleanValue() == actual.asBoolean()
        : wanted.asText().equals(actual.asText(""));
  }

  /** A port that the engine chooses, an address that is all of them. */
  private static boolean isAny(String field, JsonNode wanted) {
    return (field.equals("HostPort") || field.equals("HostIp")) && wanted.asText().isEmpty();
  }

  private void compareNetworks() {
    var actual = container.at("/NetworkSettings/Networks");
    spec.networks()
        .forEach(
            (network, endpoint) -> {
              var there = actual.path(network);
              if (there.isMissingNode()) {
                joins.put(network, endpoint);
              } else if (!isSameEndpoint(endpoint, there)) {
                leaves.add(network);
                joins.put(network, endpoint);
              }
            });
    actual
        .fieldNames()
        .forEachRemaining(
            network -> {
              if (!spec.networks().containsKey(network)) {
                leaves.add(network);
              }
            });
  }

  private static boolean isSameEndpoint(ObjectNode wanted, JsonNode actual) {
    return covers(wanted.path("Aliases"), actual.path("Aliases"))
        && isSameAddress(wanted, actual, "IPv4Address", "IPAddress")
        && isSameAddress(wanted, actual, "IPv6Address", "GlobalIPv6Address");
  }

  /** Some engines tell the address that was asked for, others only the one that it has. */
  private static boolean isSameAddress(
      ObjectNode wanted, JsonNode actual, String asked, String used) {
    var address = wanted.path("IPAMConfig").path(asked).asText("");
    return address.isEmpty()
        || address.equals(actual.path("IPAMConfig").path(asked).asText(""))
        || address.equals(actual.path(used).asText(""));
  }
}
