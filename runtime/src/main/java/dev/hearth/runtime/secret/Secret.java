package dev.hearth.runtime.secret;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A value that must not be shown. It prints as {@code ***} in every form; {@link #reveal} is the
 * only way to the text and belongs at the last moment, where the value leaves for its system.
 */
public final class Secret {
  public static final String MASK = "***";

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  public static Secret of(String text) {
    return new Secret(text);
  }

  public String reveal() {
    return text;
  }

  @Override
  @JsonValue
  public String toString() {
    return MASK;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && that.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
