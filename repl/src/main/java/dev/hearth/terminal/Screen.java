package dev.hearth.terminal;

import java.util.function.IntSupplier;

/**
 * What one stream of ours can show.
 *
 * @param kind what stands at its other end
 * @param ink whether it is coloured
 * @param glyphs which signs it can show
 * @param columns asks for the width in cells; it may change while we look
 */
public record Screen(Kind kind, Ink ink, Glyphs glyphs, IntSupplier columns) {

  /** What stands at the other end of a stream. */
  public enum Kind {
    /** A person before a terminal that can move its cursor: lines may be redrawn. */
    LIVE,
    /** A person, but no cursor: {@code TERM=dumb}, a CI job with a terminal. */
    TERMINAL,
    /** A pipe or a file: nothing is cut and nothing is wrapped. */
    PIPE
  }

  /** A stream that is no terminal, with the usual 80 columns for what is aligned. */
  public static Screen pipe() {
    return new Screen(Kind.PIPE, Ink.PLAIN, Glyphs.UNICODE, () -> 80);
  }

  /** The width in cells. */
  public int width() {
    return columns.getAsInt();
  }

  /** The width that tables and values must fit; a pipe has no end. */
  int room() {
    return kind == Kind.PIPE ? Integer.MAX_VALUE : width();
  }

  public String paint(Role role, String text) {
    return ink.paint(role, text);
  }
}
