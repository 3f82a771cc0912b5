package dev.hearth.stdlib.docker.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.stdlib.docker.compose.Value.Scalar;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Published ports: {@code 127.0.0.1:8080:80/tcp}, ranges of them, or spelled out. */
final class Ports {
  private static final Shape LONG =
      Shape.object(
          "a port",
          Map.of(
              "target", Scalars::integer,
              "published", Scalars::text,
              "host_ip", Scalars::text,
              "protocol", Scalars.oneOf("tcp", "udp", "sctp"),
              "mode", Scalars.oneOf("host", "ingress"),
              "name", Scalars::text,
              "app_protocol", Scalars::text),
          Set.of());

  private Ports() {}

  static JsonNode read(Value value) {
    var all = new LinkedHashSet<JsonNode>();
    Findings.each(
        Shape.sequence(value).items(),
        item -> {
          if (item instanceof Scalar scalar) {
            brief(scalar).forEach(all::add);
          } else {
            all.add(whole(item));
          }
        });
    ArrayNode ports = Shape.NODES.arrayNode();
    all.forEach(ports::add);
    return ports;
  }

  private static ObjectNode whole(Value value) {
    var given = (ObjectNode) LONG.read(value);
    if (!given.has("target")) {
      throw Shape.wrong(
          value, "a port with its `target`", "Add `target: 80`, the container's port.");
    }
    var port = Shape.NODES.objectNode().put("mode", given.path("mode").asText("ingress"));
    given.properties().forEach(each -> port.set(each.getKey(), each.getValue()));
    return port.put("protocol", given.path("protocol").asText("tcp"));
  }

  private static ArrayNode brief(Scalar scalar) {
    var read = PublishedPorts.read(scalar.text(), scalar.place());
    var ports = Shape.NODES.arrayNode();
    for (var each : read.each(scalar.place())) {
      var port = ports.addObject().put("mode", "ingress");
      if (!read.address().isEmpty()) {
        port.put("host_ip", read.address());
      }
      port.put("target", each.target());
      if (!each.published().isEmpty()) {
        port.put("published", each.published());
      }
      port.put("protocol", read.protocol());
    }
    return ports;
  }
}
