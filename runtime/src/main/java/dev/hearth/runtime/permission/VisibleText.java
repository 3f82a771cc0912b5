package dev.hearth.runtime.permission;

import dev.hearth.runtime.report.SafeText;
import java.util.Locale;

/**
 * Text from a recipe as it may stand in a prompt or a message: nothing in it can move the cursor,
 * turn the reading direction, hide, or end the quotes around it. Its code point in hexadecimal,
 * {@code u{202E}} behind a backslash, stands for what was there.
 */
public final class VisibleText {
  private VisibleText() {}

  /** The text of {@code value} with every character that does not show as itself escaped. */
  public static String of(Object value) {
    var shown = new StringBuilder();
    value
        .toString()
        .codePoints()
        .forEach(
            point -> {
              if (showsAsItself(point)) {
                shown.appendCodePoint(point);
              } else {
                shown.append("\\u{" + Integer.toHexString(point).toUpperCase(Locale.ROOT) + "}");
              }
            });
    return shown.toString();
  }

  private static boolean showsAsItself(int point) {
    if (point == ' ') {
      return true;
    }
    if (point == '`' || isBlank(point) || SafeText.isHidden(point)) {
      return false;
    }
    return switch (Character.getType(point)) {
      case Character.SPACE_SEPARATOR, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> false;
      default -> true;
    };
  }

  // Letters to Unicode, nothing to the eye: Hangul fillers and the blank Braille pattern.
  private static boolean isBlank(int point) {
    return switch (point) {
      case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800 -> true;
      default -> false;
    };
  }
}
