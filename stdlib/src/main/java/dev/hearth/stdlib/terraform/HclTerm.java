package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;

/** What a simple expression is made of: constants and the words of types. */
sealed interface HclTerm {
  /** A value that stands there itself. */
  record Constant(JsonNode value) implements HclTerm {}

  /** A name, such as {@code string}. */
  record Word(String name) implements HclTerm {}

  /** A call, such as {@code list(string)}. */
  record Call(String name, List<HclTerm> arguments) implements HclTerm {}

  /** {@code [ … ]}. */
  record Tuple(List<HclTerm> items) implements HclTerm {}

  /** <code>{ … }</code>. */
  record Fields(List<Field> fields) implements HclTerm {}

  /** A field of {@link Fields}. */
  record Field(String name, HclTerm value) {}

  /** What needs more than this to be understood. */
  record Opaque() implements HclTerm {}

  /** The value, where all of it is constant. */
  default Optional<JsonNode> constant() {
    return switch (this) {
      case Constant(var value) -> Optional.of(value);
      case Tuple(var items) -> {
        var array = JsonNodeFactory.instance.arrayNode();
        for (var item : items) {
          item.constant().ifPresent(array::add);
        }
        yield array.size() == items.size() ? Optional.of(array) : Optional.empty();
      }
      case Fields(var fields) -> {
        var object = JsonNodeFactory.instance.objectNode();
        boolean whole = true;
        for (var field : fields) {
          var value = field.value().constant();
          whole &= value.isPresent();
          value.ifPresent(present -> object.set(field.name(), present));
        }
        yield whole ? Optional.of(object) : Optional.empty();
      }
      case Word _, Call _, Opaque _ -> Optional.empty();
    };
  }
}
