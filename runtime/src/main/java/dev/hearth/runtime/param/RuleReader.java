package dev.hearth.runtime.param;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.param.Problems.Spot;
import dev.hearth.runtime.permission.VisibleText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads the keywords that narrow a type down: ranges, lengths, patterns, formats. */
final class RuleReader {
  private static final Predicate<JsonNode> TEXT = JsonNode::isTextual;
  private static final Predicate<JsonNode> NUMBER = JsonNode::isNumber;
  private static final Predicate<JsonNode> LIST = JsonNode::isArray;

  private final Problems problems;
  private final ObjectNode schema;
  private final Spot at;
  private final String unit;
  private final List<Rule> rules = new ArrayList<>();

  RuleReader(Problems problems, ObjectNode schema, Spot at, Optional<Unit> unit) {
    this.problems = problems;
    this.schema = schema;
    this.at = at;
    this.unit = unit.map(name -> " " + name).orElse("");
  }

  List<Rule> read() {
    numbers();
    texts();
    lists();
    List.of("imum", "Length", "Items").forEach(this::requireRoom);
    return List.copyOf(rules);
  }

  private void numbers() {
    number("minimum", "be at least %s" + unit, (value, bound) -> value.compareTo(bound) >= 0);
    number("maximum", "be at most %s" + unit, (value, bound) -> value.compareTo(bound) <= 0);
    number(
        "exclusiveMinimum", "be more than %s" + unit, (value, bound) -> value.compareTo(bound) > 0);
    number(
        "exclusiveMaximum", "be less than %s" + unit, (value, bound) -> value.compareTo(bound) < 0);
    number(
        "multipleOf",
        "be a multiple of %s" + unit,
        (value, bound) -> value.remainder(bound).signum() == 0);
  }

  private interface Comparison {
    boolean holds(BigDecimal value, BigDecimal bound);
  }

  private void number(String keyword, String duty, Comparison comparison) {
    bound(keyword)
        .ifPresent(
            bound ->
                rule(
                    NUMBER,
                    duty.formatted(bound.toPlainString()),
                    value -> comparison.holds(value.decimalValue(), bound)));
  }

  private void texts() {
    count("minLength")
        .ifPresent(
            least ->
                rule(
                    TEXT,
                    "have at least " + counted(least, "character"),
                    value -> length(value) >= least));
    count("maxLength")
        .ifPresent(
            most ->
                rule(
                    TEXT,
                    "have at most " + counted(most, "character"),
                    value -> length(value) <= most));
    text("pattern").ifPresent(this::pattern);
    text("format").ifPresent(this::format);
  }

  private static int length(JsonNode value) {
    var text = value.textValue();
    return text.codePointCount(0, text.length());
  }

  private void pattern(String source) {
    try {
      var rule = SafePattern.of(source).rule();
      rule(TEXT, rule.duty(), rule.holds());
    } catch (SafePattern.Unusable e) {
      problems.value(
          at,
          "pattern",
          "its pattern " + e.reason(),
          "Write it in RE2's form: no look-around, no back-references, repetitions of at most"
              + " 1000.");
    }
  }

  private void format(String word) {
    Format.of(word)
        .ifPresentOrElse(
            format -> rule(TEXT, format.rule().duty(), format.rule().holds()),
            () ->
                problems.value(
                    at,
                    "format",
                    "there is no format `" + VisibleText.of(word) + "`",
                    Suggestion.closest(word, Format.words())
                        .map(near -> "Did you mean `" + near + "`?")
                        .orElse("The formats are `" + String.join("`, `", Format.words()) + "`.")));
  }

  private void lists() {
    count("minItems")
        .ifPresent(
            least ->
                rule(
                    LIST,
                    "have at least " + counted(least, "item"),
                    value -> value.size() >= least));
    count("maxItems")
        .ifPresent(
            most ->
                rule(LIST, "have at most " + counted(most, "item"), value -> value.size() <= most));
    if (truth("uniqueItems")) {
      rule(LIST, "have no item twice", RuleReader::allDiffer);
    }
  }

  private static boolean allDiffer(JsonNode list) {
    var seen = new HashSet<JsonNode>();
    for (var item : list) {
      if (!seen.add(item)) {
        return false;
      }
    }
    return true;
  }

  /** A rule says nothing about values of other types than its own. */
  private void rule(Predicate<JsonNode> applies, String duty, Predicate<JsonNode> holds) {
    rules.add(new Rule(duty, value -> !applies.test(value) || holds.test(value)));
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private void requireRoom(String what) {
    var least = schema.path("min" + what);
    var most = schema.path("max" + what);
    if (least.isNumber()
        && most.isNumber()
        && least.decimalValue().compareTo(most.decimalValue()) > 0) {
      problems.value(
          at,
          "min" + what,
          "`min%s` is more than `max%1$s`, so that nothing fits".formatted(what),
          "Change one of them.");
    }
  }

  private Optional<BigDecimal> bound(String keyword) {
    var declared = schema.get(keyword);
    if (declared == null) {
      return Optional.empty();
    }
    if (!declared.isNumber()) {
      problems.value(
          at, keyword, "`" + keyword + "` is no number", "Write it like `" + keyword + ": 1`.");
      return Optional.empty();
    }
    var bound = declared.decimalValue();
    if (keyword.equals("multipleOf") && bound.signum() <= 0) {
      problems.value(
          at, keyword, "`multipleOf` is not more than 0", "Write it like `multipleOf: 4`.");
      return Optional.empty();
    }
    return Optional.of(bound);
  }

  private Optional<Integer> count(String keyword) {
    var declared = schema.get(keyword);
    if (declared == null) {
      return Optional.empty();
    }
    if (!declared.canConvertToInt() || !declared.isIntegralNumber() || declared.intValue() < 0) {
      problems.value(
          at, keyword, "`" + keyword + "` is no count", "Write it like `" + keyword + ": 1`.");
      return Optional.empty();
    }
    return Optional.of(declared.intValue());
  }

  private Optional<String> text(String keyword) {
    var declared = schema.get(keyword);
    if (declared != null && !declared.isTextual()) {
      problems.value(
          at, keyword, "`" + keyword + "` is no text", "Write it like `" + keyword + ": '…'`.");
    }
    return Optional.ofNullable(declared).map(JsonNode::textValue);
  }

  private boolean truth(String keyword) {
    var declared = schema.get(keyword);
    if (declared != null && !declared.isBoolean()) {
      problems.value(
          at,
          keyword,
          "`" + keyword + "` is neither `true` nor `false`",
          "Write `" + keyword + ": true`.");
    }
    return declared != null && declared.booleanValue();
  }
}
