package dev.hearth.stdlib.templates;

import dev.hearth.stdlib.templates.Specification.Keyboard;
import org.jspecify.annotations.Nullable;

/** A keyboard as Debian and those that descend from it keep it. */
final class DebianKeyboard {
  /** What reads the file. */
  static final String PACKAGE = "console-setup";

  /** Has it read the file that is there, for this boot's keymap and the next one's. */
  static final String APPLY = "setupcon --save-only";

  private DebianKeyboard() {}

  static String file(Keyboard keyboard) {
    return """
    XKBMODEL="%s"
    XKBLAYOUT="%s"
    XKBVARIANT="%s"
    XKBOPTIONS=""
    BACKSPACE="guess"
    """
        .formatted(or(keyboard.model(), "pc105"), keyboard.layout(), or(keyboard.variant(), ""));
  }

  private static String or(@Nullable String said, String otherwise) {
    return said == null ? otherwise : said;
  }
}
