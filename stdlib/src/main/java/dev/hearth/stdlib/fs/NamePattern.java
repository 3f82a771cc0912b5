package dev.hearth.stdlib.fs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * One part of a pattern, for one name.
 *
 * @param marks what each character must be; {@code null} in it stands for any number of any
 * @param isHidden whether it asks for a dot at the begin
 */
record NamePattern(List<Mark> marks, boolean isAnyFolders, boolean isHidden) {
  /**
   * A character of a pattern.
   *
   * @param isStar whether it stands for any number of characters
   */
  record Mark(boolean isStar, IntPredicate fits) {}

  private static final Mark STAR = new Mark(true, _ -> true);
  private static final Mark ANY = new Mark(false, _ -> true);

  static NamePattern parse(String part, String whole) {
    if (part.equals("**")) {
      return new NamePattern(List.of(), true, false);
    }
    var marks = new ArrayList<Mark>();
    var points = part.codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      switch (points[i]) {
        case '*' -> {
          if (marks.isEmpty() || !marks.getLast().isStar()) {
            marks.add(STAR);
          }
        }
        case '?' -> marks.add(ANY);
        case '[' -> {
          int end = end(points, i, whole);
          marks.add(new Mark(false, set(Arrays.copyOfRange(points, i + 1, end))));
          i = end;
        }
        case '\\' -> {
          if (++i == points.length) {
            throw GlobPattern.wrong(whole, "it ends with a backslash");
          }
          marks.add(literal(points[i]));
        }
        default -> marks.add(literal(points[i]));
      }
    }
    return new NamePattern(List.copyOf(marks), false, part.startsWith("."));
  }

  private static Mark literal(int point) {
    return new Mark(false, given -> given == point);
  }

  private static int end(int[] points, int open, String whole) {
    for (int i = open + 2; i < points.length; i++) { // the first one is a member, `]` too
      if (points[i] == ']' && !(i == open + 2 && isNegation(points[open + 1]))) {
        return i;
      }
    }
    throw GlobPattern.wrong(whole, "a bracket is opened and not closed");
  }

  private static boolean isNegation(int point) {
    return point == '!' || point == '^';
  }

  private static IntPredicate set(int[] members) {
    boolean isNegated = isNegation(members[0]);
    IntPredicate fits =
        given -> {
          for (int i = isNegated ? 1 : 0; i < members.length; i++) {
            boolean isRange = i + 2 < members.length && members[i + 1] == '-';
            int last = isRange ? members[i + 2] : members[i];
            if (given >= members[i] && given <= last) {
              return true;
            }
            i += isRange ? 2 : 0;
          }
          return false;
        };
    return isNegated ? fits.negate() : fits;
  }

  /** Whether a name fits; one that begins with a dot only if the pattern or {@code hidden} says. */
  boolean matches(String name, boolean hidden) {
    if (name.startsWith(".") && !isHidden && !hidden) {
      return false;
    }
    var reached = new boolean[marks.size() + 1];
    reached[0] = true;
    skipStars(reached);
    for (var points = name.codePoints().iterator(); points.hasNext(); ) {
      reached = after(points.nextInt(), reached);
    }
    return reached[marks.size()];
  }

  private boolean[] after(int point, boolean[] reached) {
    var next = new boolean[marks.size() + 1];
    for (int i = 0; i < marks.size(); i++) {
      if (reached[i] && marks.get(i).fits().test(point)) {
        next[marks.get(i).isStar() ? i : i + 1] = true;
      }
    }
    skipStars(next);
    return next;
  }

  private void skipStars(boolean[] reached) {
    for (int i = 0; i < marks.size(); i++) {
      reached[i + 1] |= reached[i] && marks.get(i).isStar();
    }
  }
}
