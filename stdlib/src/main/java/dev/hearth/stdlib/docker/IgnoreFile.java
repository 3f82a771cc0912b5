package dev.hearth.stdlib.docker;

import java.util.List;

/** What a {@code .dockerignore} leaves out of a build: the last line that matches decides. */
record IgnoreFile(List<IgnorePattern> patterns) {
  /** Leaves nothing out. */
  static final IgnoreFile NONE = new IgnoreFile(List.of());

  static IgnoreFile parse(String text) {
    var lines = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return new IgnoreFile(
        lines
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .map(IgnorePattern::parse)
            .toList());
  }

  /**
   * Whether something is kept that another line leaves out, so that no folder is left out whole.
   */
  boolean hasExceptions() {
    return patterns.stream().anyMatch(IgnorePattern::isException);
  }

  /** Whether a path of the context, such as {@code a/b.txt}, is left out, or a folder it is in. */
  boolean leavesOut(String path) {
    boolean isOut = false;
    for (var pattern : patterns) {
      // A line that would change nothing is not asked.
      if (pattern.isException() == isOut && matches(pattern, path)) {
        isOut = !isOut;
      }
    }
    return isOut;
  }

  private static boolean matches(IgnorePattern pattern, String path) {
    if (pattern.matches(path)) {
      return true;
    }
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (pattern.matches(path.substring(0, slash))) {
        return true;
      }
    }
    return false;
  }
}
