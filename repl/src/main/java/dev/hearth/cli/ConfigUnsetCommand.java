package dev.hearth.cli;

import dev.hearth.runtime.settings.UserSettings;
import dev.hearth.terminal.JsonDocument;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth config unset SETTING}. */
final class ConfigUnsetCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec()
        .argument("SETTING", "Its name; with --profile also connections.BINDING.", List.of())
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "hearth config unset limits.operations",
        "hearth config unset --profile lab timeouts.grace");
  }

  @Override
  public int run(Invocation invocation) {
    var key = invocation.required(0);
    var settings = new UserSettings(ConfigSetCommand.surroundings(invocation).places().config());
    var profile = Optional.ofNullable(invocation.value("--profile"));
    var wasSet = settings.unset(profile, key);
    if (invocation.json()) {
      var document = JsonDocument.of("setting-unset").put("key", key).put("wasSet", wasSet);
      invocation.terminal().out().println(JsonDocument.line(document));
    } else {
      var file = settings.path() + ConfigSetCommand.in(profile);
      invocation.say(key + (wasSet ? " is no more set in " : " was not set in ") + file + ".");
    }
    return 0;
  }
}
