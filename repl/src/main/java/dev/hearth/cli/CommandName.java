package dev.hearth.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Every command, in the order in which help lists them. Naming a command loads none of it, so that
 * {@code hearth --help} costs nothing.
 */
enum CommandName {
  RUN("run", "Run a recipe."),
  EVAL("eval", "Evaluate JavaScript and print its value."),
  REPL("repl", "Type JavaScript and see what it does."),
  RUNS_LIST("runs list", "List the latest runs."),
  RUNS_SHOW("runs show", "Show a run: its steps, its log, how it ended."),
  COMPLETION("completion", "Print the completion script for a shell."),
  VERSION("version", "Print the version of Hearth and of what it runs on.");

  private final String words;
  private final String summary;

  CommandName(String words, String summary) {
    this.words = words;
    this.summary = summary;
  }

  /** As it is typed after {@code hearth}: one word, or two such as {@code runs list}. */
  String words() {
    return words;
  }

  String summary() {
    return summary;
  }

  Command create() {
    return switch (this) {
      case RUN -> new RunCommand();
      case EVAL -> new EvalCommand();
      case REPL -> new ReplCommand();
      case RUNS_LIST -> new RunsListCommand();
      case RUNS_SHOW -> new RunsShowCommand();
      case COMPLETION -> new CompletionCommand();
      case VERSION -> new VersionCommand();
    };
  }

  /** The command that the arguments begin with. */
  static Optional<CommandName> at(List<String> arguments) {
    var one = arguments.getFirst();
    var two = arguments.size() > 1 ? one + " " + arguments.get(1) : one;
    return Arrays.stream(values())
        .filter(name -> name.words.equals(one) || name.words.equals(two))
        .findFirst();
  }

  /** The commands of a group such as {@code runs}; none if there is no such group. */
  static List<CommandName> ofGroup(String group) {
    return Arrays.stream(values()).filter(name -> name.words.startsWith(group + " ")).toList();
  }

  /** What may stand after {@code hearth}: commands and groups, each once. */
  static List<String> firstWords() {
    var words = new ArrayList<String>();
    for (var name : values()) {
      var word = name.words.split(" ", 2)[0];
      if (!words.contains(word)) {
        words.add(word);
      }
    }
    return words;
  }
}
