package dev.hearth.stdlib.yaml;

/** A text as YAML: plain, in quotes, or as a block of lines. */
final class ScalarText {
  /** What a plain text may not begin with. */
  private static final String INDICATORS = "-?:,[]{}#&*!|>'\"%@`=<";

  private ScalarText() {}

  /** On one line. */
  static String of(String text) {
    if (isPlain(text)) {
      return text;
    }
    return isPrintable(text, false) ? "'" + text.replace("'", "''") + "'" : quoted(text);
  }

  private static boolean isPlain(String text) {
    if (text.isEmpty()
        || text.charAt(0) == ' '
        || text.charAt(text.length() - 1) == ' '
        || INDICATORS.indexOf(text.charAt(0)) >= 0
        || text.endsWith(":")
        || text.contains(": ")
        || text.contains(" #")
        || text.startsWith("...")
        || !isPrintable(text, false)) {
      return false;
    }
    return !Ambiguous.is(text);
  }

  /** Whether it is best written as lines below a {@code |}. */
  static boolean isBlock(String text) {
    int end = text.indexOf('\n');
    return end > 0 && text.charAt(0) != ' ' && isPrintable(text, true);
  }

  static void block(StringBuilder out, String text, int column) {
    boolean ends = text.endsWith("\n");
    out.append('|').append(!ends ? "-" : text.endsWith("\n\n") ? "+" : "");
    var body = ends ? text.substring(0, text.length() - 1) : text;
    for (var line : body.split("\n", -1)) {
      out.append('\n');
      if (!line.isEmpty()) {
        out.repeat(' ', column).append(line);
      }
    }
  }

  private static boolean isPrintable(String text, boolean lines) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean fine =
          (c >= 0x20 && c <= 0x7e)
              || (c >= 0xa0 && c < 0xd800 && c != 0x2028 && c != 0x2029)
              || (c >= 0xe000 && c < 0xfffe && c != 0xfeff)
              || (lines && (c == '\n' || c == '\t'));
      if (!fine && Character.isHighSurrogate(c) && i + 1 < text.length()) {
        fine = Character.isLowSurrogate(text.charAt(++i));
      }
      if (!fine) {
        return false;
      }
    }
    return true;
  }

  /** In double quotes, where everything can stand. */
  static String quoted(String text) {
    var out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default -> {
          if (c >= 0x20 && c <= 0x7e) {
            out.append(c);
          } else if (Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1))) {
            out.append(c).append(text.charAt(++i));
          } else {
            out.append("\\u%04x".formatted((int) c));
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
