package dev.hearth.cli;

import dev.hearth.runtime.settings.UserSettings;
import dev.hearth.terminal.JsonDocument;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth config validate}: all that the user configured, all profiles and connections. */
final class ConfigValidateCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec().build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth config validate");
  }

  @Override
  public int run(Invocation invocation) {
    var surroundings = invocation.surroundings();
    var own = new UserSettings(surroundings.places().config());
    var _ = own.validated();
    var connections = surroundings.connections().list();
    var _ = ConfigGetCommand.settings(invocation); // the project's and the environment's as well
    if (invocation.json()) {
      var document = JsonDocument.of("valid").put("connections", connections.size());
      invocation.terminal().out().println(JsonDocument.line(document));
    } else {
      invocation.say("All settings and connections are in order.");
    }
    return 0;
  }
}
