package dev.hearth.cli;

import dev.hearth.terminal.JsonDocument;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth config path}: where Hearth keeps its own things. */
final class ConfigPathCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec().build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth config path", "hearth config path --json");
  }

  @Override
  public int run(Invocation invocation) {
    var places = invocation.surroundings().places();
    var out = invocation.terminal().out();
    if (invocation.json()) {
      var document =
          JsonDocument.of("places")
              .put("config", places.config().toString())
              .put("data", places.data().toString())
              .put("state", places.state().toString())
              .put("cache", places.cache().toString())
              .put("runtime", places.runtime().toString());
      out.println(JsonDocument.line(document));
    } else {
      out.println(places.config().resolve("settings.json"));
    }
    return 0;
  }
}
