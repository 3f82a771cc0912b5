package dev.hearth.cli;

/** A command by its name; naming one loads none of it. */
sealed interface NamedCommand permits CommandName, BindingCommand {
  /** As it is typed after {@code hearth}: one word, or two such as {@code runs list}. */
  String words();

  /** One line for help. */
  String summary();

  Command create();
}
