package dev.hearth.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The help of one command, from the same model that its arguments are parsed by. */
final class CommandHelp {
  private CommandHelp() {}

  static HelpPage of(NamedCommand name, Command command) {
    var spec = command.spec();
    var page =
        new HelpPage()
            .paragraph(name.summary())
            .usage(usage("hearth " + name.words(), spec))
            .rows("Arguments", arguments(spec))
            .rows("Options", options(spec));
    var common = options(CommonFlags.addTo(CommandSpec.create()));
    return page.rows("Common options", common).lines("Examples", command.examples());
  }

  private static String usage(String command, CommandSpec spec) {
    var usage = new StringBuilder(command).append(" [OPTIONS]");
    for (var argument : spec.positionalParameters()) {
      var label = argument.paramLabel();
      usage.append(argument.arity().min() == 0 ? " [" + label + "]" : " " + label);
      usage.append(argument.arity().max() > 1 ? "…" : "");
    }
    return usage.toString();
  }

  private static List<HelpPage.Row> arguments(CommandSpec spec) {
    return spec.positionalParameters().stream()
        .map(argument -> new HelpPage.Row(argument.paramLabel(), argument.description()[0]))
        .toList();
  }

  static List<HelpPage.Row> options(CommandSpec spec) {
    return spec.options().stream()
        .map(option -> new HelpPage.Row(term(option), option.description()[0]))
        .toList();
  }

  private static String term(OptionSpec option) {
    var names = new ArrayList<>(List.of(option.names()));
    names.sort((a, b) -> a.length() - b.length());
    var term = (names.getFirst().startsWith("--") ? "    " : "") + String.join(", ", names);
    return option.arity().max() == 0 ? term : term + " " + option.paramLabel();
  }
}
