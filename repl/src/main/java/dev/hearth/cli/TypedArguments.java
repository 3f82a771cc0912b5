package dev.hearth.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Finds the arguments among what was typed, before it can be parsed. */
final class TypedArguments {
  private TypedArguments() {}

  /**
   * All that are neither an option nor an option's value; behind {@code --} nothing is one.
   *
   * @param spec the options that are known so far
   */
  static List<String> of(List<String> typed, CommandSpec spec) {
    var arguments = new ArrayList<String>();
    for (var i = 0; i < typed.size(); i++) {
      var word = typed.get(i);
      if (word.equals("--")) {
        arguments.addAll(typed.subList(i + 1, typed.size()));
        break;
      }
      if (!word.startsWith("-") || word.equals("-")) {
        arguments.add(word);
        continue;
      }
      var option = spec.findOption(word);
      i += option != null && option.arity().min() > 0 ? 1 : 0;
    }
    return arguments;
  }
}
