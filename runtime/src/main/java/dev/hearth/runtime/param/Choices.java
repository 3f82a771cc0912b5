package dev.hearth.runtime.param;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.Suggestion;
import java.util.List;
import java.util.Optional;

/** Picking one of the values that a schema lists. */
final class Choices {
  private Choices() {}

  static Optional<Violation> check(List<JsonNode> choices, JsonNode value, String path) {
    if (choices.isEmpty() || choices.stream().anyMatch(choice -> same(choice, value))) {
      return Optional.empty();
    }
    var words = choices.stream().map(Violation::show).toList();
    var listed = words.stream().map(word -> "`" + word + "`").collect(joining(", "));
    var violation =
        Violation.of(path, words.size() == 1 ? "be " + listed : "be one of " + listed, value);
    return Optional.of(
        Suggestion.closest(violation.shown(), words)
            .map(near -> violation.hint("Did you mean `" + near + "`?"))
            .orElse(violation));
  }

  /** Equal as JSON: {@code 1} is {@code 1.0}. */
  private static boolean same(JsonNode a, JsonNode b) {
    return a.equals(
        (x, y) ->
            x.isNumber() && y.isNumber()
                ? x.decimalValue().compareTo(y.decimalValue())
                : x.equals(y) ? 0 : 1,
        b);
  }
}
