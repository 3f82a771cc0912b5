package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What the keys of a specification become: the body that makes a container, while it is made. */
final class SpecBody {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final SpecPlace place;
  private final ObjectNode config = JSON.objectNode();
  private final ObjectNode host = JSON.objectNode();
  private final SequencedMap<String, ObjectNode> networks = new LinkedHashMap<>();
  private final Map<String, String> keys = new LinkedHashMap<>();
  private final List<ContainerSpec.Need> needs = new ArrayList<>();
  private String key = "";
  private @Nullable String name;
  private @Nullable String platform;
  private @Nullable String pull;

  SpecBody(SpecPlace place) {
    this.place = place;
  }

  /** Which key is read from now on. */
  void reading(String next) {
    key = next;
  }

  SpecPlace place() {
    return place;
  }

  /** Sets a field of the container itself. */
  void config(String field, @Nullable JsonNode value) {
    keys.put(field, key);
    config.set(field, value);
  }

  void config(String field, String value) {
    config(field, JSON.textNode(value));
  }

  /** Sets a field of how the container stands in its host. */
  void host(String field, @Nullable JsonNode value) {
    keys.put("HostConfig." + field, key);
    host.set(field, value);
  }

  void host(String field, String value) {
    host(field, JSON.textNode(value));
  }

  void host(String field, long value) {
    host(field, JSON.numberNode(value));
  }

  void host(String field, boolean value) {
    host(field, JSON.booleanNode(value));
  }

  /** A field of the container itself that is an object, to be added to. */
  ObjectNode configObject(String field) {
    keys.putIfAbsent(field, key);
    return config.withObject("/" + field);
  }

  /** A field of how it stands in its host that is an object, to be added to. */
  ObjectNode hostObject(String field) {
    keys.putIfAbsent("HostConfig." + field, key);
    return host.withObject("/" + field);
  }

  /** A field of how it stands in its host that is a list, to be added to. */
  ArrayNode hostList(String field) {
    keys.putIfAbsent("HostConfig." + field, key);
    return host.withArray("/" + field);
  }

  /** Connects it to a network, with what it is there. */
  void network(String network, ObjectNode endpoint) {
    networks.put(network, endpoint);
  }

  /** What is read can be had from this version of the API on. */
  void needs(int major, int minor, String what) {
    needs.add(new ContainerSpec.Need(new ApiVersion(major, minor), what));
  }

  boolean hasImage() {
    return config.has("Image");
  }

  void name(String text) {
    name = text;
  }

  void platform(String text) {
    platform = text;
  }

  void pull(String text) {
    pull = text;
  }

  /** All that was read; {@code raw} goes over it. */
  ContainerSpec done(@Nullable ObjectNode raw) {
    var body = config;
    if (!host.isEmpty()) {
      body.set("HostConfig", host);
    }
    if (!networks.isEmpty()) {
      body.withObject("/HostConfig").put("NetworkMode", networks.firstEntry().getKey());
    }
    if (raw != null) {
      if (raw.path("HostConfig").isObject()) {
        body.withObject("/HostConfig"); // so that each of its fields has its own key
      }
      merge(body, raw, "");
    }
    return new ContainerSpec(name, platform, pull, body, networks, keys, needs);
  }

  private void merge(ObjectNode into, ObjectNode from, String above) {
    for (var field : from.properties()) {
      var name = field.getKey();
      if (into.get(name) instanceof ObjectNode old
          && field.getValue() instanceof ObjectNode given) {
        merge(old, given, above + name + ".");
      } else {
        keys.put(above + name, "raw." + above + name);
        into.set(name, field.getValue());
      }
    }
  }
}
