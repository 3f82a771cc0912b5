package dev.hearth.cli;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.run.Surroundings;
import dev.hearth.runtime.settings.Settings;
import dev.hearth.runtime.settings.UserSettings;
import dev.hearth.terminal.JsonDocument;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code hearth config set SETTING VALUE}, with {@code --profile} in that profile, where {@code
 * connections.BINDING} is the default connection.
 */
final class ConfigSetCommand implements Command {
  private static final String CONNECTIONS = "connections.";

  @Override
  public CommandSpec spec() {
    return new Spec()
        .argument("SETTING", "Its name; with --profile also connections.BINDING.", List.of())
        .argument("VALUE", "Its value, such as 64, 2MiB or 30s.", List.of())
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "hearth config set limits.operations 64",
        "hearth config set --profile lab timeouts.grace 30s",
        "hearth config set --profile lab connections.proxmox lab");
  }

  @Override
  public int run(Invocation invocation) {
    var key = invocation.required(0);
    var value = invocation.required(1);
    var surroundings = surroundings(invocation);
    var settings = new UserSettings(surroundings.places().config());
    var profile = Optional.ofNullable(invocation.value("--profile"));
    if (key.startsWith(CONNECTIONS)) {
      var binding = Connectable.named(key.substring(CONNECTIONS.length()), surroundings.bindings());
      if (profile.isEmpty()) {
        throw new HearthException(CliError.CONNECTION_SETTING, binding.name());
      }
      var _ = surroundings.connections().show(binding.name(), value);
      settings.setConnection(profile.get(), binding.name(), value);
    } else {
      settings.set(profile, key, value);
    }
    if (invocation.json()) {
      var document = JsonDocument.of("setting-set").put("key", key).put("value", value);
      profile.ifPresent(name -> document.put("profile", name));
      document.put("file", settings.path().toString());
      invocation.terminal().out().println(JsonDocument.line(document));
    } else {
      invocation.say(key + " is set in " + settings.path() + in(profile) + ".");
      tellStronger(invocation, key, profile);
    }
    return 0;
  }

  /** Without the profile that is set: it may be a new one. */
  static Surroundings surroundings(Invocation invocation) {
    var all = invocation.environment();
    return Hearth.builder()
        .environment(name -> name.equals(Settings.PROFILE) ? Optional.empty() : all.get(name))
        .build()
        .surroundings();
  }

  static String in(Optional<String> profile) {
    return profile.map(name -> " for the profile " + name).orElse("");
  }

  /** Whoever sets something wants to know that something else counts. */
  private static void tellStronger(Invocation invocation, String key, Optional<String> profile) {
    if (key.startsWith(CONNECTIONS)) {
      return;
    }
    var origin = ConfigGetCommand.settings(invocation).listed(key).origin();
    var isOwn =
        switch (origin.kind()) {
          case FLAG, ENVIRONMENT, PROJECT -> false;
          case PROFILE -> profile.isPresent();
          case USER, DEFAULT -> true;
        };
    if (!isOwn) {
      invocation.say("What counts here is said elsewhere: " + origin.place() + ".");
    }
  }
}
