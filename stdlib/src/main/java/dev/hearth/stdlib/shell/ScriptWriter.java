package dev.hearth.stdlib.shell;

import dev.hearth.runtime.HearthException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes a script of a command: its text as it is, and for each value a variable that is quoted as
 * its place needs it. The variables get the script's arguments before the first command, and are
 * not exported.
 *
 * <p>It follows quotes and nesting to know the place. Where a shell would read even a variable's
 * content as code (arithmetic, the pattern language of an expansion, back quotes), a value is
 * refused; an integer may stand in arithmetic.
 */
final class ScriptWriter {
  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");
  private static final Pattern ARITHMETIC_TEST = Pattern.compile("\\s-(eq|ne|lt|le|gt|ge)\\s");
  private static final String VARIABLE = "hearth_";

  /** What the text is inside of. */
  private enum Place {
    COMMAND,
    SINGLE_QUOTES,
    /** {@code $'…'} */
    ANSI_QUOTES,
    DOUBLE_QUOTES,
    BACK_QUOTES,
    SUBSTITUTION,
    EXPANSION,
    ARITHMETIC,
    COMMENT
  }

  /**
   * A script and its arguments.
   *
   * @param text begins by giving the arguments to its variables
   */
  record Script(String text, List<String> arguments) {}

  private final CommandText command;
  private final boolean comparesNumbers;
  private final StringBuilder script = new StringBuilder();
  private final List<String> arguments = new ArrayList<>();
  private final Deque<Place> places = new ArrayDeque<>(List.of(Place.COMMAND));
  private boolean hasHereDocument;
  private int tests; // [[ without its ]]
  private int parentheses; // open ones of the innermost arithmetic

  ScriptWriter(CommandText command) {
    this.command = command;
    this.comparesNumbers =
        command.text().stream().anyMatch(text -> ARITHMETIC_TEST.matcher(text).find());
  }

  Script write() {
    if (command.values().isEmpty()) {
      return new Script(command.text().getFirst(), List.of()); // the shell says what is wrong
    }
    int last = command.values().size();
    for (int i = 0; i <= last; i++) {
      if (hasHereDocument) {
        script.append(command.text().get(i)); // values are refused from here on
      } else {
        follow(command.text().get(i), i == last);
      }
      if (i < command.values().size()) {
        addValue(command.values().get(i));
      }
    }
    if (!hasHereDocument && places.size() > 1 && places.peek() != Place.COMMENT) {
      throw new HearthException(
          ShellError.MALFORMED, "a quote or a parenthesis is opened and not closed");
    }
    var begin = new StringBuilder();
    for (int i = 1; i <= arguments.size(); i++) {
      begin.append(VARIABLE).append(i).append("=${").append(i).append("}; ");
    }
    if (!arguments.isEmpty()) {
      begin.append("set --; ");
    }
    return new Script(begin + script.toString(), arguments);
  }

  private void follow(String text, boolean isLast) {
    for (int i = 0; i < text.length(); ) {
      if (i == text.length() - 1 && !isLast && !isLiteral() && "\\$".indexOf(text.charAt(i)) >= 0) {
        throw new HearthException(
            ShellError.MALFORMED, "`" + text.charAt(i) + "` stands before a value");
      }
      int length = place(text, i);
      script.append(text, i, i + length);
      i += length;
      if (hasHereDocument) {
        script.append(text, i, text.length());
        return;
      }
    }
  }

  /** Whether a backslash and a dollar are nothing but themselves. */
  private boolean isLiteral() {
    return places.getFirst() == Place.SINGLE_QUOTES || places.getFirst() == Place.COMMENT;
  }

  /** Follows what stands at {@code at}; returns how many characters that is. */
  private int place(String text, int at) {
    char c = text.charAt(at);
    return switch (places.getFirst()) {
      case SINGLE_QUOTES -> {
        endIf(c == '\'');
        yield 1;
      }
      case COMMENT -> {
        endIf(c == '\n');
        yield 1;
      }
      case ANSI_QUOTES -> {
        endIf(c == '\'');
        yield escaped(text, at);
      }
      case BACK_QUOTES -> {
        endIf(c == '`');
        yield escaped(text, at);
      }
      case DOUBLE_QUOTES -> {
        if (c == '"') {
          places.pop();
          yield 1;
        }
        yield expansion(text, at);
      }
      case EXPANSION -> {
        if (c == '}') {
          places.pop();
          yield 1;
        }
        yield quotesOrExpansion(text, at);
      }
      case ARITHMETIC -> arithmetic(text, at);
      case COMMAND, SUBSTITUTION -> commandText(text, at);
    };
  }

  private void endIf(boolean isEnd) {
    if (isEnd) {
      places.pop();
    }
  }

  private static int escaped(String text, int at) {
    return text.charAt(at) == '\\' && at + 1 < text.length() ? 2 : 1;
  }

  private int arithmetic(String text, int at) {
    char c = text.charAt(at);
    if (c == '(') {
      parentheses++;
    } else if (c == ')' && parentheses > 0) {
      parentheses--;
    } else if (text.startsWith("))", at)) {
      places.pop();
      return 2;
    }
    return quotesOrExpansion(text, at);
  }

  private int commandText(String text, int at) {
    char c = text.charAt(at);
    if (c == '#' && isAtWordStart(text, at)) {
      return enter(Place.COMMENT, 1);
    }
    if (text.startsWith("((", at)) {
      parentheses = 0;
      return enter(Place.ARITHMETIC, 2);
    }
    if (c == '(') {
      return enter(Place.SUBSTITUTION, 1);
    }
    if (c == ')' && places.size() > 1) {
      places.pop();
      return 1;
    }
    if (text.startsWith("<<<", at)) {
      return 3;
    }
    if (text.startsWith("<<", at)) {
      hasHereDocument = true;
      return 2;
    }
    if (text.startsWith("[[", at)) {
      tests++;
      return 2;
    }
    if (text.startsWith("]]", at)) {
      tests = Math.max(0, tests - 1);
      return 2;
    }
    refuseCase(text, at);
    return quotesOrExpansion(text, at);
  }

  /** Its patterns end with parentheses that nothing opened. */
  private void refuseCase(String text, int at) {
    if (text.startsWith("case", at)
        && places.size() > 1
        && !command.values().isEmpty()
        && isAtWordStart(text, at)
        && at + 4 < text.length()
        && Character.isWhitespace(text.charAt(at + 4))) {
      throw new HearthException(ShellError.VALUE_AS_CODE, "beside a `case` in parentheses");
    }
  }

  private boolean isAtWordStart(String text, int at) {
    if (at > 0) {
      return " \t\n;&|(".indexOf(text.charAt(at - 1)) >= 0;
    }
    return script.isEmpty();
  }

  private int quotesOrExpansion(String text, int at) {
    return switch (text.charAt(at)) {
      case '\'' -> enter(Place.SINGLE_QUOTES, 1);
      case '"' -> enter(Place.DOUBLE_QUOTES, 1);
      default -> text.startsWith("$'", at) ? enter(Place.ANSI_QUOTES, 2) : expansion(text, at);
    };
  }

  private int expansion(String text, int at) {
    if (text.charAt(at) == '`') {
      return enter(Place.BACK_QUOTES, 1);
    }
    if (text.startsWith("$((", at)) {
      parentheses = 0;
      return enter(Place.ARITHMETIC, 3);
    }
    if (text.startsWith("$(", at)) {
      return enter(Place.SUBSTITUTION, 2);
    }
    if (text.startsWith("${", at)) {
      return enter(Place.EXPANSION, 2);
    }
    return escaped(text, at);
  }

  private int enter(Place place, int length) {
    places.push(place);
    return length;
  }

  private void addValue(List<String> value) {
    if (hasHereDocument) {
      throw new HearthException(ShellError.VALUE_AS_CODE, "behind a here-document (`<<`)");
    }
    if (tests > 0 && comparesNumbers) {
      requireIntegers(value, "in a test that compares numbers");
    }
    switch (places.getFirst()) {
      case COMMAND, SUBSTITUTION, COMMENT -> addWords(value);
      case DOUBLE_QUOTES -> script.append(joined(value));
      case SINGLE_QUOTES -> script.append("'\"").append(joined(value)).append("\"'");
      case ANSI_QUOTES -> script.append("'\"").append(joined(value)).append("\"$'");
      case BACK_QUOTES ->
          throw new HearthException(ShellError.VALUE_AS_CODE, "inside of back quotes")
              .hint("Write `$(…)` instead of the back quotes.");
      case EXPANSION ->
          throw new HearthException(ShellError.VALUE_AS_CODE, "inside of `${…}` of the shell");
      case ARITHMETIC -> {
        requireIntegers(value, "in arithmetic");
        script.append(String.join(" ", value));
      }
    }
  }

  private static void requireIntegers(List<String> value, String where) {
    if (!value.stream().allMatch(word -> INTEGER.matcher(word).matches())) {
      throw new HearthException(ShellError.VALUE_AS_CODE, where)
          .hint("Only whole numbers may stand there; compute others in JavaScript before.");
    }
  }

  private void addWords(List<String> value) {
    for (int i = 0; i < value.size(); i++) {
      script.append(i > 0 ? " " : "").append('"').append(variable(value.get(i))).append('"');
    }
  }

  private String joined(List<String> value) {
    return value.stream().map(this::variable).collect(Collectors.joining(" "));
  }

  private String variable(String word) {
    arguments.add(word);
    return "${" + VARIABLE + arguments.size() + "}";
  }
}
