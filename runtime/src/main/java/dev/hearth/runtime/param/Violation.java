package dev.hearth.runtime.param;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.permission.VisibleText;
import java.util.Optional;

/**
 * One thing that a value is not but must be.
 *
 * @param path where in the value: empty, or such as {@code .size} or {@code [2]}
 * @param duty what it must do, to follow {@code must}
 * @param shown the value, safe to print and short
 * @param hint what to do, when more can be said than the duty says
 */
record Violation(String path, String duty, String shown, Optional<String> hint) {
  private static final int LONGEST_SHOWN = 80;

  static Violation of(String path, String duty, JsonNode value) {
    return new Violation(path, duty, show(value), Optional.empty());
  }

  static Violation of(String path, String duty, String value) {
    return new Violation(path, duty, show(value), Optional.empty());
  }

  Violation hint(String better) {
    return new Violation(path, duty, shown, Optional.of(better));
  }

  static String show(JsonNode value) {
    return show(typed(value));
  }

  /** A value as somebody would type it. */
  static String typed(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static String show(String text) {
    return VisibleText.of(
        text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text);
  }
}
