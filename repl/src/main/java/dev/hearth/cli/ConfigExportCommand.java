package dev.hearth.cli;

import dev.hearth.runtime.settings.UserSettings;
import dev.hearth.terminal.JsonDocument;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code hearth config export}: settings, profiles and connections as one document for another
 * machine. Of secrets it has the names.
 */
final class ConfigExportCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec().build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth config export > hearth.json");
  }

  @Override
  public int run(Invocation invocation) {
    var surroundings = invocation.surroundings();
    var document = JsonDocument.of("config");
    document.set("settings", new UserSettings(surroundings.places().config()).validated());
    document.setAll(surroundings.connections().exported());
    invocation.terminal().out().println(JsonDocument.line(document));
    return 0;
  }
}
