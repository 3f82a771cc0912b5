package dev.hearth.cli;

import dev.hearth.terminal.JsonDocument;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth secrets list}. */
final class SecretsListCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec().build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth secrets list", "hearth secrets list --json");
  }

  @Override
  public int run(Invocation invocation) {
    var names = invocation.surroundings().secrets().names();
    var out = invocation.terminal().out();
    if (invocation.json()) {
      var document = JsonDocument.of("secrets");
      var array = document.putArray("secrets");
      names.forEach(name -> array.addObject().put("name", name));
      out.println(JsonDocument.line(document));
    } else if (names.isEmpty()) {
      invocation.say("There are no secrets yet. Store one with `hearth secrets set NAME`.");
    } else {
      names.forEach(out::println);
    }
    return 0;
  }
}
