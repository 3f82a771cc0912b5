package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hearth.runtime.secret.Secret;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Values that must not be shown. They are masked by value as well, since providers copy them into
 * attributes and messages that nothing marks.
 */
final class SensitiveValues {
  /** Shorter ones occur in innocent text by chance. */
  private static final int SHORTEST_INSIDE = 4;

  /** Longest first, so that one that contains another disappears whole. */
  private final Set<String> texts =
      new ConcurrentSkipListSet<>(
          Comparator.comparingInt(String::length).reversed().thenComparing(String::compareTo));

  /** All of a value. */
  void add(JsonNode value) {
    if (value.isContainerNode()) {
      value.forEach(this::add);
    } else if (value.isTextual() && !value.textValue().isEmpty()) {
      texts.add(value.textValue());
    }
  }

  /**
   * What a tree of Terraform's marks.
   *
   * @param marks true where all of the value is sensitive, else the same for what is in it
   */
  void add(JsonNode value, JsonNode marks) {
    if (marks.isBoolean()) {
      if (marks.asBoolean()) {
        add(value);
      }
    } else {
      for (var key : Places.keys(marks, MissingNode.getInstance())) {
        add(Places.at(value, key), Places.at(marks, key));
      }
    }
  }

  /** Whether one of them is in a value. */
  boolean isIn(JsonNode value) {
    if (!value.isContainerNode()) {
      var text = value.asText();
      return texts.contains(text) || !masked(text).equals(text);
    }
    for (var item : value) {
      if (isIn(item)) {
        return true;
      }
    }
    return false;
  }

  /** A text without them. */
  String masked(String text) {
    var shown = text;
    for (var secret : texts) {
      if (secret.length() >= SHORTEST_INSIDE) {
        shown = shown.replace(secret, Secret.MASK);
      }
    }
    return shown;
  }
}
