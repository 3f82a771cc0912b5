package dev.hearth.stdlib.docker.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.stdlib.docker.compose.Value.Scalar;
import java.util.Map;
import java.util.Set;

/** How a service is asked whether it is well. */
final class HealthCheck {
  private static final Shape SHAPE =
      Shape.object(
          "`healthcheck`",
          Map.of(
              "test", HealthCheck::test,
              "interval", Scalars::duration,
              "timeout", Scalars::duration,
              "retries", Scalars::integer,
              "start_period", Scalars::duration,
              "start_interval", Scalars::duration,
              "disable", Scalars::flag),
          Set.of());

  private HealthCheck() {}

  static JsonNode read(Value value) {
    return (ObjectNode) SHAPE.read(value);
  }

  private static JsonNode test(Value value) {
    if (value instanceof Scalar) {
      return Shape.NODES.arrayNode().add("CMD-SHELL").add(Scalars.word(value));
    }
    var words = Shape.list(Scalars::text).read(value);
    var how = words.path(0).asText("");
    boolean isFit =
        switch (how) {
          case "NONE" -> words.size() == 1;
          case "CMD-SHELL" -> words.size() == 2;
          case "CMD" -> words.size() > 1;
          default -> false;
        };
    if (isFit) {
      return words;
    }
    throw Shape.wrong(
        value,
        "how its health is tested",
        "Write a command, `['CMD', PROGRAM, …]`, `['CMD-SHELL', COMMAND]` or `['NONE']`.");
  }
}
