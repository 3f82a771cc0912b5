package dev.hearth.runtime.param;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns what was typed into data, as the schema asks. Text that cannot become data of its type
 * stays text, so that judging it says what it must be.
 */
final class TextReader {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]{1,30}(?:\\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,2})?");

  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private TextReader() {}

  /** One value, typed or said as one or more texts; only lists take more than one. */
  static JsonNode read(Schema schema, List<String> texts) {
    return schema.type() == ValueType.ARRAY ? list(schema, texts) : read(schema, texts.getFirst());
  }

  private static JsonNode read(Schema schema, String text) {
    return switch (schema.type()) {
      case STRING, ANY -> JSON.textNode(text);
      case INTEGER, NUMBER -> number(text).orElseGet(() -> JSON.textNode(text));
      case BOOLEAN -> truth(text).orElseGet(() -> JSON.textNode(text));
      case ARRAY -> list(schema, List.of(text));
      case OBJECT -> json(text).orElseGet(() -> JSON.textNode(text));
    };
  }

  private static Optional<JsonNode> number(String text) {
    var stripped = text.strip();
    return NUMBER.matcher(stripped).matches()
        ? Optional.of(JSON.numberNode(new BigDecimal(stripped)))
        : Optional.empty();
  }

  private static Optional<JsonNode> truth(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "y", "on", "1" -> Optional.of(JSON.booleanNode(true));
      case "false", "no", "n", "off", "0" -> Optional.of(JSON.booleanNode(false));
      default -> Optional.empty();
    };
  }

  /** Items between commas, in several texts or in one, or a JSON list. */
  private static JsonNode list(Schema schema, List<String> texts) {
    var item = schema.items().orElse(Schema.ANYTHING);
    var result = JSON.arrayNode();
    for (var text : texts) {
      var asList = text.strip().startsWith("[") ? json(text) : Optional.<JsonNode>empty();
      if (asList.isPresent()) {
        asList.get().forEach(result::add);
      } else {
        split(item, text).forEach(part -> result.add(read(item, part)));
      }
    }
    return result;
  }

  private static List<String> split(Schema item, String text) {
    var isWhole = item.type() == ValueType.OBJECT || item.type() == ValueType.ARRAY;
    var parts = new ArrayList<String>();
    for (var part : isWhole ? new String[] {text} : text.split(",", -1)) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }

  private static Optional<JsonNode> json(String text) {
    try {
      return Optional.of(STRICT.readTree(text)).filter(node -> !node.isMissingNode());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
