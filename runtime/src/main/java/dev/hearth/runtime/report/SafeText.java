package dev.hearth.runtime.report;

import java.util.Locale;

/**
 * Text that came from outside, made safe to show. A recipe, a server's answer or a file's name
 * could otherwise move the cursor, recolour what Hearth says, or reorder it by bidirectional
 * controls so that a prompt reads differently from what it grants.
 */
public final class SafeText {
  private SafeText() {}

  /** The text on one line: line ends too are shown as {@code \n}. */
  public static String line(String text) {
    return escape(text, false);
  }

  /** The text with its line ends kept; tabs become spaces up to the next multiple of four. */
  public static String lines(String text) {
    return escape(text, true);
  }

  private static String escape(String text, boolean keepLines) {
    if (isPlain(text)) {
      return text;
    }
    var safe = new StringBuilder(text.length() + 16);
    var lineStart = 0;
    for (var i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      var c = text.codePointAt(i);
      if (keepLines && c == '\n') {
        safe.append('\n');
        lineStart = safe.length();
      } else if (keepLines && c == '\t') {
        safe.repeat(' ', 4 - (safe.length() - lineStart) % 4);
      } else if (isHarmless(c)) {
        safe.appendCodePoint(c);
      } else if (!keepLines || !text.startsWith("\r\n", i)) {
        appendEscaped(safe, c);
      }
    }
    return safe.toString();
  }

  private static boolean isPlain(String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c < ' ' || c >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** Joiners stay: scripts and emoji need them, and they reorder nothing. */
  private static boolean isHarmless(int c) {
    return c == 0x200c || c == 0x200d || !isHidden(c);
  }

  /** Whether a character has no picture of its own: it moves the cursor, reorders text or hides. */
  public static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static void appendEscaped(StringBuilder out, int c) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default ->
          out.append(
              c <= 0xffff
                  ? String.format(Locale.ROOT, "\\u%04x", c)
                  : String.format(Locale.ROOT, "\\u{%x}", c));
    }
  }
}
