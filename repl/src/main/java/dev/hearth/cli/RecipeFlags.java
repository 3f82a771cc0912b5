package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.param.Parameter;
import dev.hearth.runtime.param.ParameterInput;
import dev.hearth.runtime.param.ParameterSchema;
import dev.hearth.runtime.param.ValueType;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The flags that a recipe has by the parameters that it declares. */
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

  /** What was typed, for the schema to check. */
  ParameterInput read(ParseResult parsed) {
    var input = ParameterInput.none();
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
