package dev.hearth.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Finds the arguments among what was typed, before it can be parsed. */
final class TypedArguments {
  private TypedArguments() {}

  /**
   * All before {@code --} that are neither an option nor an option's value.
   *
   * @param spec the options that are known so far
   */
  static List<String> of(List<String> typed, CommandSpec spec) {
    var arguments = new ArrayList<String>();
    for (var i = 0; i < typed.size(); i++) {
      var word = typed.get(i);
      if (word.equals("--")) {
        break;
      }
      if (!word.startsWith("-")) {
        arguments.add(word);
        continue;
      }
      var option = spec.findOption(word);
      i += option != null && option.arity().min() > 0 ? 1 : 0;
    }
    return arguments;
  }
}
