package dev.hearth.runtime.module.typescript;

import java.util.ArrayList;
import java.util.List;

/** What is taken out of a text; later edits win, and the last ones can be taken back. */
final class Edits {
  private final List<Edit> edits = new ArrayList<>();

  private sealed interface Edit {
    record Blank(int start, int end) implements Edit {}

    record Put(int at, char what) implements Edit {}
  }

  void blank(int start, int end) {
    edits.add(new Edit.Blank(start, end));
  }

  /** Puts {@code what} in the place of the one character at {@code at}. */
  void put(int at, char what) {
    edits.add(new Edit.Put(at, what));
  }

  /** Where the last range that was blanked begins, if it ends at {@code end}; else -1. */
  int blankEndingAt(int end) {
    return !edits.isEmpty() && edits.getLast() instanceof Edit.Blank last && last.end == end
        ? last.start
        : -1;
  }

  int size() {
    return edits.size();
  }

  /** Takes back all but the first {@code size}. */
  void shrink(int size) {
    edits.subList(size, edits.size()).clear();
  }

  String applyTo(String text) {
    if (edits.isEmpty()) {
      return text;
    }
    var result = text.toCharArray();
    for (var edit : edits) {
      switch (edit) {
        case Edit.Blank(int start, int end) -> {
          for (int i = start; i < end; i++) {
            if (!Tokens.isLineEnd(result[i])) {
              result[i] = ' ';
            }
          }
        }
        case Edit.Put(int at, char what) -> result[at] = what;
      }
    }
    return new String(result);
  }
}
