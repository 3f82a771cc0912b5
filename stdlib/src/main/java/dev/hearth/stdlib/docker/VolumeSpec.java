package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A volume, by the keys that the Compose specification has for volumes.
 *
 * @param name absent: a new one that the engine names
 * @param driver absent: {@code local}
 */
record VolumeSpec(
    @Nullable String name,
    @Nullable String driver,
    @JsonProperty("driver_opts") @Nullable Map<String, String> driverOpts,
    @Nullable Map<String, String> labels) {

  /** As the API takes it to create one. */
  ObjectNode body() {
    var body = Engine.MAPPER.createObjectNode();
    put(body, "Name", name);
    put(body, "Driver", driver);
    put(body, "DriverOpts", driverOpts);
    put(body, "Labels", labels);
    return body;
  }

  private static void put(ObjectNode body, String name, @Nullable Object value) {
    if (value != null) {
      body.set(name, Engine.MAPPER.valueToTree(value));
    }
  }

  /** As the API takes it to create one, with a label that tells of what it was made. */
  ObjectNode markedBody() {
    var body = body();
    var mark = compared(MissingNode.getInstance()).mark();
    body.withObject("/Labels").put(SpecMark.LABEL, mark);
    return body;
  }

  /** What of a volume that is there is not as is said here; what was never said is not compared. */
  List<String> differences(JsonNode there) {
    return compared(there).found(Map.of("Driver", TextNode.valueOf("local")));
  }

  private Differences compared(JsonNode there) {
    var wanted = body();
    return new Differences(there)
        .value("Driver", wanted.path("Driver"), there.path("Driver"))
        .entries("Options", wanted.path("DriverOpts"), there.path("Options"))
        .entries("Labels", wanted.path("Labels"), there.path("Labels"));
  }
}
