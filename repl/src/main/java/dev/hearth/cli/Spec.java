package dev.hearth.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Builds the model of a command's flags. */
final class Spec {
  private final CommandSpec spec = CommandSpec.create();
  private int arguments;

  /** An option without a value. */
  Spec flag(String name, String description) {
    return add(OptionSpec.builder(names(name)).type(boolean.class).description(description));
  }

  /** An option with a value, the last of which counts. */
  Spec option(String name, String label, String description) {
    return add(
        OptionSpec.builder(names(name))
            .type(String.class)
            .paramLabel(label)
            .description(description));
  }

  /** An option with a value out of a few. */
  Spec choice(String name, List<String> choices, String description) {
    return add(
        OptionSpec.builder(names(name))
            .type(String.class)
            .paramLabel(String.join("|", choices))
            .completionCandidates(choices)
            .description(description));
  }

  /** An option with a value that may be given often. */
  Spec repeatable(String name, String label, String description) {
    return add(
        OptionSpec.builder(names(name))
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("1")
            .paramLabel(label)
            .description(description));
  }

  /** The next argument, which must be given. */
  Spec argument(String label, String description, List<String> choices) {
    return argument("1", label, description, choices);
  }

  /** The next argument, which may be left out. */
  Spec optionalArgument(String label, String description, List<String> choices) {
    return argument("0..1", label, description, choices);
  }

  /** All further arguments, of which there must be one at least. */
  Spec arguments(String label, String description) {
    return arguments("1..*", label, description);
  }

  /** All further arguments, if there are any. */
  Spec optionalArguments(String label, String description) {
    return arguments("0..*", label, description);
  }

  private Spec arguments(String arity, String label, String description) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .index(arguments++ + "..*")
            .arity(arity)
            .required(arity.startsWith("1"))
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel(label)
            .description(description)
            .build());
    return this;
  }

  CommandSpec build() {
    return spec;
  }

  private Spec argument(String arity, String label, String description, List<String> choices) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .index(String.valueOf(arguments++))
            .arity(arity)
            .required(arity.equals("1"))
            .type(String.class)
            .paramLabel(label)
            .completionCandidates(choices)
            .description(description)
            .build());
    return this;
  }

  /** Any other option. */
  Spec add(OptionSpec.Builder option) {
    spec.addOption(option.build());
    return this;
  }

  private static String[] names(String name) {
    return name.split(", ", -1);
  }
}
