package dev.hearth.cli;

import dev.hearth.log.FileLog;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.run.Surroundings;
import dev.hearth.terminal.Terminal;
import dev.hearth.terminal.Verbosity;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/**
 * A command as it was typed, understood.
 *
 * @param began says when it was typed
 */
record Invocation(
    ParseResult parsed,
    Terminal terminal,
    Environment environment,
    FileLog log,
    Supplier<Interrupts> interrupts,
    Supplier<Instant> began,
    Verbosity verbosity,
    Form form) {

  /** What standard output carries. */
  enum Form {
    /** Text for people. */
    TEXT,
    /** JSON documents, one per line. */
    JSON
  }

  /** What all commands of this user share; for those that run no recipe. */
  Surroundings surroundings() {
    return hearth().build().surroundings();
  }

  /** The same, for work of which only the outcome counts. */
  Invocation quieter() {
    var less = verbosity == Verbosity.NORMAL ? Verbosity.QUIET : verbosity;
    return new Invocation(parsed, terminal, environment, log, interrupts, began, less, form);
  }

  /**
   * The same, with all that is told on the standard error: the standard output is for data alone.
   */
  Invocation aside() {
    var aside = terminal.with(terminal.err(), terminal.err());
    return new Invocation(parsed, aside, environment, log, interrupts, began, verbosity, form);
  }

  /** The Hearth of this user, before a command adds what it needs. */
  Hearth.Builder hearth() {
    return Hearth.builder().environment(environment).log(log);
  }

  Clock clock() {
    return Clock.system();
  }

  /** Tells the user something that is no data, unless they want to hear nothing. */
  void say(String line) {
    if (verbosity != Verbosity.QUIET) {
      terminal.err().println(line);
    }
  }

  boolean json() {
    return form == Form.JSON;
  }

  boolean has(String option) {
    return parsed.matchedOptionValue(option, false);
  }

  /** The option's value; {@code null} if it was not given. */
  @Nullable String value(String option) {
    return parsed.matchedOptionValue(option, (String) null);
  }

  List<String> values(String option) {
    return parsed.matchedOptionValue(option, List.of());
  }

  /** All arguments from an index on, for a command that takes several. */
  List<String> arguments(int index) {
    return parsed.matchedPositionalValue(index, List.of());
  }

  /** The argument at an index that the command cannot do without. */
  String required(int index) {
    return Objects.requireNonNull(argument(index), "the parser lets nobody leave it out");
  }

  /** The argument at an index; {@code null} if it was not given. */
  @Nullable String argument(int index) {
    return parsed.matchedPositionalValue(index, (String) null);
  }
}
