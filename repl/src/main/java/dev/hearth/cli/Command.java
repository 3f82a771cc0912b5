package dev.hearth.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * One command. The model of its flags is built by hand and not by annotations: reflection over them
 * costs 40 ms of every start (measured with an AOT cache), the same model in code costs none of it.
 */
interface Command {
  /**
   * Its options and arguments, without the {@link CommonFlags common} ones. Completion asks every
   * command, so this must be cheap and touch nothing.
   */
  CommandSpec spec();

  /** Whether it runs JavaScript: then the engine starts while the arguments are being read. */
  default boolean runsJavaScript() {
    return false;
  }

  /** Lines that show how it is used. */
  List<String> examples();

  /**
   * The command that these arguments mean, and those of them that are left to parse. What {@code
   * hearth run} takes depends on the recipe that they name.
   */
  default Given given(List<String> arguments) {
    return new Given(this, arguments);
  }

  /** Whether it takes further options, depending on its arguments: those of a recipe. */
  default boolean grows() {
    return false;
  }

  /** A command and its arguments. */
  record Given(Command command, List<String> arguments) {}

  /** As it is typed, up to where its options begin; errors name it so. */
  default String typed(NamedCommand name) {
    return "hearth " + name.words();
  }

  /** What {@code --help} prints. */
  default HelpPage help(NamedCommand name) {
    return CommandHelp.of(name, this);
  }

  /**
   * Does the work.
   *
   * @return the exit status
   * @throws InterruptedException when the user stopped it
   */
  int run(Invocation invocation) throws InterruptedException;
}
