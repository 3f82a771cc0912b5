package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One line of a {@code .dockerignore}, as Docker's pattern matcher reads it: {@code *} and {@code
 * ?} within a name, {@code **} for any folders, {@code [a-z]}, and a backslash before what is meant
 * as it stands.
 *
 * @param isException whether it begins with {@code !}, so that what it matches is kept
 */
record IgnorePattern(String text, Pattern pattern, boolean isException) {

  /**
   * Reads a line that is neither empty nor a comment.
   *
   * @param line without spaces around it
   */
  static IgnorePattern parse(String line) {
    boolean isException = line.startsWith("!");
    var text = cleaned((isException ? line.substring(1) : line).strip());
    if (text.isEmpty()) {
      throw malformed(line);
    }
    try {
      return new IgnorePattern(text, Pattern.compile(expression(text, line)), isException);
    } catch (PatternSyntaxException e) {
      throw malformed(line).causedBy(e);
    }
  }

  boolean matches(String path) {
    return pattern.matcher(path).matches();
  }

  /** As Go cleans a path: without empty parts, {@code .} and what {@code ..} takes back. */
  private static String cleaned(String path) {
    var parts = new java.util.ArrayList<String>();
    for (var part : path.split("/", -1)) {
      if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else if (!part.isEmpty()
          && !part.equals(".")
          && !(part.equals("..") && path.startsWith("/"))) {
        parts.add(part);
      }
    }
    return parts.isEmpty() && !path.isEmpty() ? "." : String.join("/", parts);
  }

  private static String expression(String text, String line) {
    var expression = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '*' -> {
          if (i + 1 < text.length() && text.charAt(i + 1) == '*') {
            i++;
            if (i + 1 < text.length() && text.charAt(i + 1) == '/') {
              i++;
            }
            expression.append(i + 1 == text.length() ? ".*" : "(?:.*/)?");
          } else {
            expression.append("[^/]*");
          }
        }
        case '?' -> expression.append("[^/]");
        case '[' -> i = characters(text, i, line, expression);
        case '\\' -> {
          if (i + 1 == text.length()) {
            throw malformed(line);
          }
          i++;
          expression.append(Pattern.quote(text.substring(i, i + 1)));
        }
        default -> expression.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return "(?s)" + expression;
  }

  /** A class such as {@code [^a-z]}; returns where it ends. */
  private static int characters(String text, int begin, String line, StringBuilder expression) {
    int end = text.indexOf(']', begin + 2);
    if (end < 0) {
      throw malformed(line);
    }
    var inside = text.substring(begin + 1, end);
    expression.append('[').append(inside.replaceAll("[\\[&]", "\\\\$0")).append(']');
    return end;
  }

  private static HearthException malformed(String line) {
    return new HearthException(DockerError.IGNORE_MALFORMED, VisibleText.of(line));
  }
}
