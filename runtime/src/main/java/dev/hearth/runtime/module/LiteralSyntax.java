package dev.hearth.runtime.module;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An expression as far as the {@code recipe} literal needs it: data with places, and everything
 * else only by its name. It keeps the rest of Hearth independent of the parser.
 */
public sealed interface LiteralSyntax {
  /** The offset of its first character. */
  int start();

  /** The offset behind its last character. */
  int end();

  /** {@code { … }}, with keys that may repeat. */
  record Entries(int start, int end, List<Entry> entries) implements LiteralSyntax {}

  /** {@code [ … ]}. */
  record Items(int start, int end, List<LiteralSyntax> items) implements LiteralSyntax {}

  /** A string, number, boolean or {@code null}. */
  record Scalar(int start, int end, JsonNode value) implements LiteralSyntax {}

  /**
   * Anything that is not data.
   *
   * @param what it is, with its article, such as {@code a function}
   */
  record NotData(int start, int end, String what) implements LiteralSyntax {}

  /** One {@code key: value}. */
  record Entry(int keyStart, String key, LiteralSyntax value) {}
}
