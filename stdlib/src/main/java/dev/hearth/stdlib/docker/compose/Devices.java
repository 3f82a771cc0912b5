package dev.hearth.stdlib.docker.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.stdlib.docker.compose.Value.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Devices of the host: {@code /dev/ttyUSB0:/dev/zigbee:rwm}, or spelled out. */
final class Devices {
  private static final Shape WHOLE =
      Shape.object(
          "a device",
          Map.of("source", Scalars::text, "target", Scalars::text, "permissions", Scalars::text),
          Set.of());

  private Devices() {}

  /** Of two with one target the later one counts. */
  static JsonNode all(Value value) {
    var byTarget = new LinkedHashMap<String, JsonNode>();
    for (var device : Shape.list(Devices::read).read(value)) {
      byTarget.put(device.path("target").asText(), device);
    }
    return Shape.NODES.arrayNode().addAll(byTarget.values());
  }

  private static JsonNode read(Value value) {
    var device = value instanceof Scalar scalar ? brief(scalar) : (ObjectNode) WHOLE.read(value);
    if (device.path("source").asText("").isEmpty()) {
      throw malformed(value);
    }
    if (!device.has("target")) {
      device.put("target", device.path("source").asText());
    }
    if (!device.has("permissions")) {
      device.put("permissions", "rwm");
    }
    return device;
  }

  private static ObjectNode brief(Scalar scalar) {
    var parts = scalar.text().split(":", -1);
    if (parts.length > 3 || !parts[0].startsWith("/")) {
      throw malformed(scalar);
    }
    var device = Shape.NODES.objectNode().put("source", parts[0]);
    if (parts.length == 2 && parts[1].matches("[rwm]+")) {
      return device.put("permissions", parts[1]);
    }
    if (parts.length > 1) {
      device.put("target", parts[1]);
    }
    return parts.length > 2 ? device.put("permissions", parts[2]) : device;
  }

  private static dev.hearth.runtime.HearthException malformed(Value value) {
    return Shape.wrong(value, "a device", "Write `/dev/ttyUSB0:/dev/zigbee`.");
  }
}
