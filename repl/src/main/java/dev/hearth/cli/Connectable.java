package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.module.Bindings;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.spi.Binding;
import java.util.List;

/** The bindings that connections can be configured for. */
final class Connectable {
  private Connectable() {}

  static List<Binding> all(Bindings bindings) {
    return bindings.all().stream()
        .filter(binding -> !binding.connectionFields().isEmpty())
        .toList();
  }

  /** The one that somebody typed; fails with those that there are. */
  static Binding named(String typed, Bindings bindings) {
    var all = all(bindings);
    return all.stream()
        .filter(binding -> binding.name().equals(typed))
        .findFirst()
        .orElseThrow(() -> unknown(typed, all));
  }

  private static HearthException unknown(String typed, List<Binding> all) {
    var names = all.stream().map(Binding::name).toList();
    var error =
        new HearthException(
            CliError.NO_CONNECTIONS, SafeText.line(typed), String.join(", ", names));
    return Suggestion.closest(typed, names)
        .map(nearest -> error.hint("Did you mean `" + nearest + "`?"))
        .orElse(error);
  }
}
