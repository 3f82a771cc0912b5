package dev.hearth.repl;

import dev.hearth.runtime.report.SafeText;
import dev.hearth.terminal.Role;
import dev.hearth.terminal.Screen;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the strings, numbers, words and comments of JavaScript, well enough to colour them. */
final class JavaScriptColours {
  static final Set<String> KEYWORDS =
      Set.of(
          "async",
          "await",
          "break",
          "case",
          "catch",
          "class",
          "const",
          "continue",
          "debugger",
          "default",
          "delete",
          "do",
          "else",
          "export",
          "extends",
          "finally",
          "for",
          "from",
          "function",
          "if",
          "import",
          "in",
          "instanceof",
          "let",
          "new",
          "of",
          "return",
          "static",
          "super",
          "switch",
          "this",
          "throw",
          "try",
          "typeof",
          "var",
          "void",
          "while",
          "with",
          "yield");
  static final Set<String> LITERALS =
      Set.of("true", "false", "null", "undefined", "NaN", "Infinity");

  private static final Pattern TOKEN =
      Pattern.compile(
          """
          (?<comment>//[^\\n]*+|/\\*(?:[^*]|\\*(?!/))*+(?:\\*/)?)\
          |(?<string>'(?:\\\\.|[^'\\\\\\n])*+'?|"(?:\\\\.|[^"\\\\\\n])*+"?|`(?:\\\\.|[^`\\\\])*+`?)\
          |(?<word>[\\p{L}_$][\\p{L}\\p{N}_$]*+)\
          |(?<number>\\d[\\w.]*+)\
          """,
          Pattern.DOTALL);

  private JavaScriptColours() {}

  /** Hands out the text piece by piece with its role; {@code null} for what has none. */
  static void pieces(String text, BiConsumer<String, @Nullable Role> piece) {
    var token = TOKEN.matcher(text);
    var done = 0;
    while (token.find()) {
      if (token.start() > done) {
        piece.accept(text.substring(done, token.start()), null);
      }
      piece.accept(
          token.group(), role(token.group("comment"), token.group("string"), token.group()));
      done = token.end();
    }
    if (done < text.length()) {
      piece.accept(text.substring(done), null);
    }
  }

  private static @Nullable Role role(
      @Nullable String comment, @Nullable String string, String token) {
    if (comment != null) {
      return Role.FAINT;
    }
    if (string != null) {
      return Role.STRING;
    }
    if (Character.isDigit(token.charAt(0))) {
      return Role.NUMBER;
    }
    if (KEYWORDS.contains(token)) {
      return Role.KEY;
    }
    return LITERALS.contains(token) ? Role.LITERAL : null;
  }

  /** A value's text, escaped and coloured. */
  static String paint(Screen screen, String text) {
    var painted = new StringBuilder();
    pieces(
        SafeText.lines(text),
        (piece, role) -> painted.append(role == null ? piece : screen.paint(role, piece)));
    return painted.toString();
  }
}
