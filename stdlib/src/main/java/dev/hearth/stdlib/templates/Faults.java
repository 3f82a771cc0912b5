package dev.hearth.stdlib.templates;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a wish, collected, so that its author sees all of it at once. */
final class Faults {
  private static final int SHOWN = 40;

  private final List<HearthException> all = new ArrayList<>();

  /**
   * Says what is wrong.
   *
   * @param what follows the field's name: {@code is missing}
   */
  void add(String field, String what) {
    all.add(new HearthException(TemplatesError.SPEC, VisibleText.of(field), what));
  }

  /** With what to do about it, where that is not plain. */
  void add(String field, String what, String hint) {
    all.add(new HearthException(TemplatesError.SPEC, VisibleText.of(field), what).hint(hint));
  }

  void throwIfAny() {
    if (!all.isEmpty()) {
      throw HearthException.all(all);
    }
  }

  /** A user's text as a message quotes it. */
  static String quoted(String text) {
    var visible = VisibleText.of(text);
    return "`" + (visible.length() > SHOWN ? visible.substring(0, SHOWN - 1) + "…" : visible) + "`";
  }
}
