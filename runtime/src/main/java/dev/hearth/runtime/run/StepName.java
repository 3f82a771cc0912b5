package dev.hearth.runtime.run;

import dev.hearth.runtime.HearthException;
import java.util.Locale;

/** What a step may be called: what people can read on a terminal and type behind a flag. */
final class StepName {
  static final int LONGEST = 200;

  private StepName() {}

  static void check(String name) {
    if (name.isBlank()) {
      throw new HearthException(RunError.STEP_NAME_EMPTY);
    }
    if (name.length() > LONGEST) {
      throw new HearthException(RunError.STEP_NAME_TOO_LONG, name.length(), LONGEST);
    }
    for (int at = 0; at < name.length(); at += Character.charCount(name.codePointAt(at))) {
      var c = name.codePointAt(at);
      if (!printable(c)) {
        var shown = String.format(Locale.ROOT, "U+%04X", c);
        throw new HearthException(RunError.STEP_NAME_NOT_PRINTABLE, shown, at + 1);
      }
    }
  }

  private static boolean printable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      case Character.FORMAT -> c == 0x200D; // joins emoji; the others turn or hide text
      default -> true;
    };
  }
}
