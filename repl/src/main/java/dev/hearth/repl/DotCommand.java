package dev.hearth.repl;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What can be typed besides JavaScript. */
enum DotCommand {
  HELP(".help", "", "Show this."),
  LOAD(".load", "FILE", "Evaluate a file as if it were typed."),
  CLEAR(".clear", "", "Clear the screen."),
  EXIT(".exit", "", "Leave; so does Ctrl-D.");

  /** No JavaScript begins with a dot and a letter. */
  private static final Pattern FORM = Pattern.compile("\\s*(\\.[a-z]+)(?:\\s+(\\S.*?))?\\s*");

  private final String word;
  private final String argument;
  private final String summary;

  DotCommand(String word, String argument, String summary) {
    this.word = word;
    this.argument = argument;
    this.summary = summary;
  }

  /**
   * A command as it was typed.
   *
   * @param word with its dot
   * @param argument what follows; empty if nothing does
   */
  record Typed(String word, String argument) {}

  static boolean is(String text) {
    return FORM.matcher(text).matches();
  }

  static Typed read(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("No command: " + text);
    }
    return new Typed(form.group(1), form.group(2) == null ? "" : form.group(2));
  }

  /** The command that somebody meant who typed its word, or that of another shell, alone. */
  static Optional<DotCommand> meantBy(String text) {
    return switch (text.strip()) {
      case "help" -> Optional.of(HELP);
      case "clear" -> Optional.of(CLEAR);
      case "exit", "quit" -> Optional.of(EXIT);
      default -> Optional.empty();
    };
  }

  static List<String> words() {
    return Arrays.stream(values()).map(DotCommand::word).toList();
  }

  /** How typing it begins: with a blank where an argument follows. */
  String beginning() {
    return argument.isEmpty() ? word : word + " ";
  }

  String word() {
    return word;
  }

  String usage() {
    return argument.isEmpty() ? word : word + " " + argument;
  }

  String summary() {
    return summary;
  }
}
