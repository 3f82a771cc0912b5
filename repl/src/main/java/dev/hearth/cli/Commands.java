package dev.hearth.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All that may stand after {@code hearth}: what it has itself, then what the bindings bring. */
final class Commands {
  private Commands() {}

  static List<NamedCommand> all() {
    return Stream.<NamedCommand>concat(
            Stream.of(CommandName.values()), BindingCommand.all().stream())
        .toList();
  }

  /** The command that the arguments begin with; a built-in name wins. */
  static Optional<NamedCommand> at(List<String> arguments) {
    var one = arguments.getFirst();
    var two = arguments.size() > 1 ? one + " " + arguments.get(1) : one;
    return CommandName.at(one, two)
        .<NamedCommand>map(name -> name)
        .or(() -> BindingCommand.at(two));
  }

  /** The commands of a group such as {@code runs}; none if there is no such group. */
  static List<NamedCommand> ofGroup(String group) {
    return all().stream().filter(name -> name.words().startsWith(group + " ")).toList();
  }

  /** What may stand after {@code hearth}: commands and groups, each once. */
  static List<String> firstWords() {
    var words = new LinkedHashSet<String>();
    all().forEach(name -> words.add(name.words().split(" ", 2)[0]));
    return List.copyOf(words);
  }
}
