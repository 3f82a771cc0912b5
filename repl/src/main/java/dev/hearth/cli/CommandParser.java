package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.report.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Understands arguments, or says in our own words what is wrong with them. */
final class CommandParser {
  private final String command;
  private final CommandSpec spec;

  /**
   * @param command as it is typed, such as {@code hearth run}
   */
  CommandParser(String command, CommandSpec spec) {
    this.command = command;
    this.spec = spec;
  }

  ParseResult parse(List<String> arguments) {
    spec.parser()
        .overwrittenOptionsAllowed(true)
        .aritySatisfiedByAttachedOptionParam(true)
        .trimQuotes(false);
    var line = new CommandLine(spec).setExpandAtFiles(false).setInterpolateVariables(false);
    try {
      var parsed = line.parseArgs(arguments.toArray(String[]::new));
      checkChoices(parsed);
      return parsed;
    } catch (UnmatchedArgumentException e) {
      throw unmatched(e.getUnmatched().getFirst());
    } catch (MissingParameterException e) {
      throw missing(e.getMissing());
    } catch (ParameterException e) {
      throw needlessValue(e);
    }
  }

  private HearthException unmatched(String argument) {
    var shown = SafeText.line(argument);
    if (!argument.startsWith("-") || argument.equals("-")) {
      return new HearthException(CliError.UNEXPECTED_ARGUMENT, shown, command);
    }
    var name = shown.split("=", 2)[0];
    var error = new HearthException(CliError.UNKNOWN_OPTION, name, command);
    return Suggestion.closest(name, optionNames())
        .map(nearest -> error.hint("Did you mean `" + nearest + "`?"))
        .orElse(error);
  }

  private List<String> optionNames() {
    var names = new ArrayList<String>();
    spec.options().forEach(option -> names.addAll(List.of(option.names())));
    return names;
  }

  private HearthException missing(List<ArgSpec> missing) {
    var first = missing.getFirst();
    return first instanceof OptionSpec option
        ? new HearthException(CliError.MISSING_VALUE, option.longestName(), option.paramLabel())
        : new HearthException(CliError.MISSING_ARGUMENT, command, neededFrom(first));
  }

  /**
   * The labels of this argument and of all behind it that must be given; picocli tells the first.
   */
  private String neededFrom(ArgSpec first) {
    return spec.positionalParameters().stream()
        .dropWhile(argument -> argument != first)
        .filter(ArgSpec::required)
        .map(ArgSpec::paramLabel)
        .collect(Collectors.joining(" and "));
  }

  /** All values are texts but those of flags, so nothing else can be wrong with one. */
  private static HearthException needlessValue(ParameterException e) {
    if (e.getArgSpec() instanceof OptionSpec option) {
      return new HearthException(CliError.NO_VALUE, option.longestName()).causedBy(e);
    }
    throw e;
  }

  private static void checkChoices(ParseResult parsed) {
    for (var option : parsed.matchedOptions()) {
      checkChoice(option, option.longestName());
    }
    for (var argument : parsed.matchedPositionals()) {
      checkChoice(argument, argument.paramLabel());
    }
  }

  private static void checkChoice(ArgSpec spec, String name) {
    if (spec.completionCandidates() == null || !spec.completionCandidates().iterator().hasNext()) {
      return;
    }
    var choices = new ArrayList<String>();
    spec.completionCandidates().forEach(choices::add);
    String value = spec.getValue();
    if (value != null && !choices.contains(value)) {
      var error =
          new HearthException(
              CliError.BAD_CHOICE, name, SafeText.line(value), String.join(", ", choices));
      throw Suggestion.closest(value, choices)
          .map(nearest -> error.hint("Did you mean `" + nearest + "`?"))
          .orElse(error);
    }
  }
}
