package dev.hearth.stdlib.fs;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern for paths as minimatch reads it: {@code *} and {@code ?} within a name, {@code [a-z]}
 * and {@code [!a-z]}, {@code {a,b}}, and {@code **} as a whole part for any folders, none too. A
 * name that begins with a dot is matched only by a part that does.
 *
 * <p>Matching takes time in proportion to name and pattern, whatever they are.
 */
record GlobPattern(List<List<NamePattern>> alternatives) {
  private static final int MOST_ALTERNATIVES = 256;

  static GlobPattern parse(String text) {
    if (text.isEmpty() || text.startsWith("/")) {
      throw wrong(text, "it begins with a name, below the folder that is searched");
    }
    var alternatives = new ArrayList<List<NamePattern>>();
    for (var one : expanded(text, text)) {
      var parts = new ArrayList<NamePattern>();
      for (var part : one.split("/", -1)) {
        if (part.isEmpty() || part.equals("..") || part.equals(".")) {
          throw wrong(text, "a part of it is empty, `.` or `..`");
        }
        parts.add(NamePattern.parse(part, text));
      }
      alternatives.add(List.copyOf(parts));
    }
    return new GlobPattern(List.copyOf(alternatives));
  }

  static HearthException wrong(String pattern, String what) {
    return new HearthException(FsError.PATTERN, VisibleText.of(pattern), what);
  }

  /** Without braces. */
  private static List<String> expanded(String text, String whole) {
    int open = text.indexOf('{');
    if (open < 0) {
      return List.of(text);
    }
    var choices = new ArrayList<String>();
    int depth = 0;
    int begin = open + 1;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
      }
      if ((c == ',' && depth == 1) || depth == 0) {
        choices.add(text.substring(begin, i));
        begin = i + 1;
      }
      if (depth == 0) {
        return combined(text.substring(0, open), choices, text.substring(i + 1), whole);
      }
    }
    throw wrong(whole, "a brace is opened and not closed");
  }

  private static List<String> combined(
      String before, List<String> choices, String after, String whole) {
    var all = new ArrayList<String>();
    for (var choice : choices) {
      all.addAll(expanded(before + choice + after, whole));
      if (all.size() > MOST_ALTERNATIVES) {
        throw wrong(whole, "its braces stand for more than " + MOST_ALTERNATIVES + " patterns");
      }
    }
    return all;
  }

  /** Whether a path, as names from the folder that is searched, fits. */
  boolean matches(List<String> names, boolean hidden) {
    return alternatives.stream().anyMatch(parts -> reach(parts, names, hidden)[parts.size()]);
  }

  /** Whether something below a folder may fit, so that it is worth looking into. */
  boolean mayMatchBelow(List<String> names, boolean hidden) {
    for (var parts : alternatives) {
      var reached = reach(parts, names, hidden);
      for (int i = 0; i < parts.size(); i++) {
        if (reached[i]) {
          return true;
        }
      }
    }
    return false;
  }

  /** How many parts of the pattern the names can have used up, each count true or false. */
  private static boolean[] reach(List<NamePattern> parts, List<String> names, boolean hidden) {
    var reached = new boolean[parts.size() + 1];
    reached[0] = true;
    skipInnerFolders(parts, reached);
    for (int n = 0; n < names.size(); n++) {
      var next = new boolean[parts.size() + 1];
      for (int i = 0; i < parts.size(); i++) {
        if (!reached[i]) {
          continue;
        }
        if (parts.get(i).isAnyFolders()) {
          // As the last part it stands for all that is below, files too.
          var fits = hidden || !names.get(n).startsWith(".");
          next[i] |= fits;
          next[i + 1] |= fits && i == parts.size() - 1 && n == names.size() - 1;
        } else {
          next[i + 1] |= parts.get(i).matches(names.get(n), hidden);
        }
      }
      skipInnerFolders(parts, next);
      reached = next;
    }
    return reached;
  }

  /** {@code **} may stand for no folder at all, but not for no name when it is last. */
  private static void skipInnerFolders(List<NamePattern> parts, boolean[] reached) {
    for (int i = 0; i < parts.size() - 1; i++) {
      reached[i + 1] |= reached[i] && parts.get(i).isAnyFolders();
    }
  }
}
