package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A command as a recipe wrote it, made into text for a POSIX shell on a host: its own text as it
 * is, each value as one quoted word, or several if it is an array. A value never means anything to
 * the shell; where it would, it is refused.
 */
final class RemoteScript {
  private static final String OUTSIDE = " \t\n;&|()<>=";

  private final StringBuilder script = new StringBuilder();
  private char quote; // the one that the text is in; 0 for none
  private boolean escaped;
  private boolean inComment;
  private boolean hasHereDocument;
  private int braces; // of ${…}
  private int backQuotes;

  private RemoteScript() {}

  /**
   * The script.
   *
   * @param text the template's own pieces
   * @param values between each two of them
   */
  static String of(List<String> text, List<List<String>> values) {
    if (text.size() != values.size() + 1) {
      throw new HearthException(
          SshRunError.COMMAND_MALFORMED, "between two values there is no text");
    }
    var writer = new RemoteScript();
    for (int i = 0; i < text.size(); i++) {
      text.get(i).chars().forEach(c -> writer.follow((char) c));
      if (i < values.size()) {
        writer.add(values.get(i));
      }
    }
    var script = writer.script.toString();
    if (script.isBlank()) {
      throw new HearthException(SshRunError.COMMAND_MALFORMED, "it is empty");
    }
    if (script.indexOf('\0') >= 0) {
      throw new HearthException(SshRunError.COMMAND_MALFORMED, "it holds a NUL character");
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
    script.append(words.stream().map(RemoteScript::quoted).collect(Collectors.joining(" ")));
  }

  private boolean endsWith(String end) {
    return script.toString().endsWith(end);
  }

  private boolean isInArithmetic() {
    return script.lastIndexOf("((") > script.lastIndexOf("))");
  }

  private static HearthException as(String where) {
    return new HearthException(SshRunError.VALUE_AS_CODE, where);
  }

  /** One word that a POSIX shell takes as it is; quoted, even `if` and `a=b` are just words. */
  static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  static void requireVariable(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new HearthException(SshRunError.NAME_MALFORMED, name, "a variable");
    }
  }

  /**
   * The same script in a folder and with variables.
   *
   * @param folder where it runs; {@code null}: where the login begins
   */
  static String prepared(String script, @Nullable String folder, Map<String, String> variables) {
    var prepared = new StringBuilder();
    variables.forEach(
        (name, value) -> {
          requireVariable(name);
          prepared.append("export ").append(name).append('=').append(quoted(value)).append("; ");
        });
    if (folder != null) {
      prepared.append("cd -- ").append(quoted(folder)).append(" || exit; ");
    }
    return prepared.append(script).toString();
  }
}
