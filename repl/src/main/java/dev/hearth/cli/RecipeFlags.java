package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.param.Parameter;
import dev.hearth.runtime.param.ParameterInput;
import dev.hearth.runtime.param.ParameterSchema;
import dev.hearth.runtime.param.ValueType;
import dev.hearth.runtime.report.SafeText;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * What a recipe takes on the command line, by the parameters that it declares: a flag for each, and
 * those that a run cannot do without also as arguments, in the order of the declaration.
 */
final class RecipeFlags {
  private final ParameterSchema schema;

  /** Flags of a schema without problems. */
  RecipeFlags(ParameterSchema schema) {
    this.schema = schema;
  }

  /**
   * Adds them to the command's own.
   *
   * @throws HearthException when a parameter has the name of one of these
   */
  void addTo(CommandSpec spec) {
    var taken = new ArrayList<>(CommonFlags.NAMES);
    spec.options().forEach(option -> taken.addAll(List.of(option.names())));
    var clashes = schema.clashes(taken);
    if (!clashes.isEmpty()) {
      throw HearthException.all(clashes);
    }
    for (var argument : arguments()) {
      spec.addPositional(
          PositionalParamSpec.builder()
              .index(String.valueOf(spec.positionalParameters().size()))
              .arity("0..1")
              .type(String.class)
              .paramLabel(argument.word())
              .description(argument.summary())
              .build());
    }
    for (var parameter : schema.parameters()) {
      spec.addOption(option(parameter));
      parameter
          .negation()
          .ifPresent(
              negation ->
                  spec.addOption(
                      OptionSpec.builder(negation)
                          .type(boolean.class)
                          .description("Say no to `" + parameter.flag() + "`.")
                          .build()));
    }
  }

  private static OptionSpec option(Parameter parameter) {
    var isTruth = parameter.type() == ValueType.BOOLEAN;
    return OptionSpec.builder(parameter.flag())
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity(isTruth ? "0..1" : "1")
        .fallbackValue(isTruth ? "true" : "")
        .paramLabel(parameter.label())
        .description(parameter.summary())
        .build();
  }

  /** The parameters that may be typed without their flags; a secret is not typed at all. */
  List<Parameter> arguments() {
    return schema.parameters().stream()
        .filter(parameter -> parameter.required() && !parameter.secret())
        .toList();
  }

  /**
   * What was typed, for the schema to check.
   *
   * @param command as it is typed, up to where these begin
   * @param others how many arguments before these are not the recipe's
   */
  ParameterInput read(ParseResult parsed, String command, int others) {
    var input = ParameterInput.none();
    var flagless =
        arguments().stream().filter(each -> !parsed.hasMatchedOption(each.flag())).toList();
    for (var index = 0; index < arguments().size(); index++) {
      var text = parsed.matchedPositionalValue(others + index, (String) null);
      if (text != null && index >= flagless.size()) {
        throw new HearthException(CliError.UNEXPECTED_ARGUMENT, SafeText.line(text), command);
      }
      if (text != null) {
        input = input.flag(flagless.get(index), text);
      }
    }
    for (var parameter : schema.parameters()) {
      List<String> texts = parsed.matchedOptionValue(parameter.flag(), List.of());
      for (var text : texts) {
        input = input.flag(parameter, text);
      }
      if (parameter.negation().isPresent()
          && parsed.matchedOptionValue(parameter.negation().get(), false)) {
        input = input.negated(parameter);
      }
    }
    return input;
  }
}
