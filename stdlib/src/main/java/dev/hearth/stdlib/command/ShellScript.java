package dev.hearth.stdlib.command;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.HearthException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A command as a recipe wrote it, made into text for a POSIX shell: its own text as it is, each
 * value as one quoted word, or several if it is an array. A value never means anything to the
 * shell; where it would, it is refused.
 */
public final class ShellScript {
  private static final String OUTSIDE = " \t\n;&|()<>=";

  private final StringBuilder script = new StringBuilder();
  private char quote; // the one that the text is in; 0 for none
  private boolean escaped;
  private boolean inComment;
  private boolean hasHereDocument;
  private int braces; // of ${…}
  private int backQuotes;

  private final Errors errors;

  private ShellScript(Errors errors) {
    this.errors = errors;
  }

  /**
   * What a facade says of commands that cannot be run.
   *
   * @param malformed with a sentence about why
   * @param valueAsCode with a sentence about where a value stands that may not stand there
   */
  public record Errors(ErrorCode malformed, ErrorCode valueAsCode) {}

  /**
   * The script.
   *
   * @param text the template's own pieces
   * @param values between each two of them
   */
  public static String of(List<String> text, List<List<String>> values, Errors errors) {
    if (text.size() != values.size() + 1) {
      throw new HearthException(errors.malformed(), "between two values there is no text");
    }
    var writer = new ShellScript(errors);
    for (int i = 0; i < text.size(); i++) {
      text.get(i).chars().forEach(c -> writer.follow((char) c));
      if (i < values.size()) {
        writer.add(values.get(i));
      }
    }
    var script = writer.script.toString();
    if (script.isBlank()) {
      throw new HearthException(errors.malformed(), "it is empty");
    }
    if (script.indexOf('\0') >= 0) {
      throw new HearthException(errors.malformed(), "it holds a NUL character");
    }
    return script;
  }

  private void follow(char c) {
    boolean begins = script.isEmpty() || OUTSIDE.indexOf(script.charAt(script.length() - 1)) >= 0;
    char before = script.isEmpty() ? ' ' : script.charAt(script.length() - 1);
    script.append(c);
    if (inComment) {
      inComment = c != '\n';
    } else if (escaped) {
      escaped = false;
    } else if (quote == '\'') {
      quote = c == '\'' ? 0 : quote;
    } else if (c == '\\') {
      escaped = true;
    } else if (c == '`') {
      backQuotes = 1 - backQuotes;
    } else if (c == '{' && before == '$') {
      braces++;
    } else if (c == '}' && braces > 0) {
      braces--;
    } else if (quote == '"') {
      quote = c == '"' ? 0 : quote;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '#' && begins) {
      inComment = true;
    } else if (c == '<' && before == '<') {
      hasHereDocument = true;
    }
  }

  private void add(List<String> words) {
    if (quote != 0) {
      throw as("inside of quotes").hint("Take the quotes away: a value is quoted already.");
    }
    if (hasHereDocument) {
      throw as("behind a here-document (`<<`)");
    }
    if (inComment || backQuotes > 0 || braces > 0 || escaped) {
      throw as(
          inComment
              ? "in a comment"
              : backQuotes > 0
                  ? "inside of back quotes"
                  : escaped ? "behind a backslash" : "inside of `${…}` of the shell");
    }
    if (endsWith("$") || isInArithmetic()) {
      throw as(endsWith("$") ? "behind a `$`" : "in arithmetic");
    }
    script.append(words.stream().map(ShellScript::quoted).collect(Collectors.joining(" ")));
  }

  private boolean endsWith(String end) {
    return script.toString().endsWith(end);
  }

  private boolean isInArithmetic() {
    return script.lastIndexOf("((") > script.lastIndexOf("))");
  }

  private HearthException as(String where) {
    return new HearthException(errors.valueAsCode(), where);
  }

  /** One word that a POSIX shell takes as it is; quoted, even `if` and `a=b` are just words. */
  public static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
