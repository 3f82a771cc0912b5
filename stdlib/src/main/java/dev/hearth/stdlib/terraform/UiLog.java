package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Terraform writes with {@code -json}: a message a line. Types that are not known are left
 * alone, as its format asks.
 *
 * <p>Source: Terraform's "Machine-Readable UI".
 */
record UiLog(List<JsonNode> messages) {
  static UiLog read(byte[] output) {
    var text = new String(output, StandardCharsets.UTF_8);
    return new UiLog(text.lines().flatMap(line -> message(line).stream()).toList());
  }

  /** A text as an object; empty where it is none, such as a warning before it has begun. */
  static Optional<JsonNode> message(String line) {
    if (!line.startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Optional.of(TerraformProgram.MAPPER.readTree(line)).filter(JsonNode::isObject);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  Stream<JsonNode> ofType(String type) {
    return messages.stream().filter(message -> message.path("type").asText().equals(type));
  }

  JsonNode last(String type) {
    return ofType(type).reduce((_, later) -> later).orElse(MissingNode.getInstance());
  }

  List<Diagnostic> diagnostics(SensitiveValues hidden) {
    return ofType("diagnostic")
        .map(message -> Diagnostic.of(message.path("diagnostic")).without(hidden))
        .toList();
  }
}
