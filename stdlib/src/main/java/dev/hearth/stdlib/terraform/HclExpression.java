package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A value as it is written. Only what is constant is understood: to evaluate the rest is
 * Terraform's.
 *
 * @param text as it stands in the file; of JSON, the text itself or the value as JSON
 * @param term what it is made of, as far as it is constant or a type
 */
record HclExpression(String text, HclTerm term) {
  /** The value, unless it depends on something. */
  Optional<JsonNode> constant() {
    return term.constant();
  }

  Optional<String> constantText() {
    return constant().filter(JsonNode::isTextual).map(JsonNode::textValue);
  }

  boolean isTrue() {
    return constant().filter(value -> value.asText().equals("true")).isPresent();
  }

  boolean isFalse() {
    return constant().filter(value -> value.asText().equals("false")).isPresent();
  }
}
