package dev.hearth.runtime.param;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.hearth.runtime.permission.VisibleText;

/**
 * A declared {@code pattern}, matched in time linear to the text: a recipe that nobody trusts yet
 * must not be able to stop the command that looks at it.
 */
final class SafePattern {
  private static final int LONGEST_PATTERN = 1_000;
  private static final int LARGEST_PROGRAM = 5_000;
  private static final int LONGEST_TEXT = 10_000;

  private final Pattern pattern;
  private final String source;

  private SafePattern(Pattern pattern, String source) {
    this.pattern = pattern;
    this.source = source;
  }

  /** Compiles a pattern; fails with a reason that follows {@code its pattern}. */
  static SafePattern of(String source) throws Unusable {
    if (source.length() > LONGEST_PATTERN || size(source) > LARGEST_PROGRAM) {
      throw new Unusable("is too large");
    }
    try {
      return new SafePattern(Pattern.compile(source), source);
    } catch (PatternSyntaxException e) {
      var looksAround = source.contains("(?=") || source.contains("(?!") || source.contains("(?<");
      throw new Unusable(
          looksAround
              ? "looks around, which takes unlimited time"
              : "is no regular expression: " + e.getDescription());
    }
  }

  Rule rule() {
    return new Rule(
        "match `" + VisibleText.of(source) + "`",
        value ->
            value.textValue().length() <= LONGEST_TEXT
                && pattern.matcher(value.textValue()).find());
  }

  /**
   * How many instructions the pattern becomes, roughly: repetitions are written out, also those
   * inside of repetitions.
   */
  private static long size(String source) {
    var scanner = new Size(source);
    long size = 0;
    while (!scanner.atEnd()) {
      size += scanner.group();
      scanner.skip();
    }
    return size;
  }

  private static final class Size {
    private final String source;
    private int at;

    Size(String source) {
      this.source = source;
    }

    boolean atEnd() {
      return at >= source.length();
    }

    void skip() {
      at++;
    }

    /** The size of all up to the closing parenthesis, which is left standing. */
    long group() {
      long sum = 1;
      while (!atEnd() && source.charAt(at) != ')') {
        sum = Math.min(sum + atom() * repetitions(), Integer.MAX_VALUE);
      }
      return sum;
    }

    private long atom() {
      char c = source.charAt(at++);
      switch (c) {
        case '\\' -> at++;
        case '[' -> skipClass();
        case '(' -> {
          long inner = group();
          at++;
          return inner;
        }
        default -> {
          return 1;
        }
      }
      return 1;
    }

    private void skipClass() {
      at = source.startsWith("^", at) ? at + 2 : at + 1; // a first ] is a member
      while (!atEnd() && source.charAt(at) != ']') {
        at += source.charAt(at) == '\\' ? 2 : 1;
      }
      at++;
    }

    private long repetitions() {
      long times = 1;
      while (!atEnd() && source.charAt(at) == '{') {
        int end = source.indexOf('}', at);
        if (end < 0) {
          break;
        }
        long most = 1;
        for (var bound : source.substring(at + 1, end).split(",", -1)) {
          most = Math.max(most, bound.matches("[0-9]{1,9}") ? Long.parseLong(bound) + 1 : 1);
        }
        times = Math.min(times * most, Integer.MAX_VALUE);
        at = end + 1;
      }
      return times;
    }
  }

  /** A pattern that cannot be used; the message says why. */
  static final class Unusable extends Exception {
    private final String reason;

    Unusable(String reason) {
      super(reason);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }
}
