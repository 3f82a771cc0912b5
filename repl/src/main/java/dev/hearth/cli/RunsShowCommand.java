package dev.hearth.cli;

import dev.hearth.runtime.run.RunStore;
import dev.hearth.runtime.settings.Places;
import dev.hearth.terminal.JsonDocument;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth runs show RUN}. */
final class RunsShowCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec()
        .argument("RUN", "Its id, the beginning of it, or its last four characters.", List.of())
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth runs show 7f3a", "hearth runs show 7f3a --json");
  }

  @Override
  public int run(Invocation invocation) {
    var store = new RunStore(Places.of(invocation.environment()).state(), invocation.clock());
    var details = store.show(Objects.requireNonNull(invocation.argument(0)));
    var terminal = invocation.terminal();
    if (invocation.json()) {
      terminal.out().println(JsonDocument.line(RunJson.details(details)));
    } else {
      var page = new RunPage(terminal.outScreen(), invocation.verbosity().detail());
      terminal.out().print(page.of(details));
    }
    return 0;
  }
}
