package dev.hearth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.settings.UserSettings;
import dev.hearth.runtime.storage.JsonFile;
import dev.hearth.terminal.JsonDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth config import FILE}: takes over what {@code config export} wrote. */
final class ConfigImportCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec()
        .argument("FILE", "What `hearth config export` wrote.", List.of())
        .flag("--replace", "Put it in place of settings and connections that are there.")
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "hearth config import hearth.json", "hearth config import hearth.json --replace");
  }

  @Override
  public int run(Invocation invocation) {
    var surroundings = invocation.surroundings();
    var file = Path.of(invocation.required(0));
    var given = JsonFile.ofProject(file).read();
    var root = given.root();
    if (!root.path("type").asText().equals("config")
        || root.path("schema").asInt() != JsonDocument.SCHEMA
        || !(root.path("settings") instanceof ObjectNode settings)) {
      throw new HearthException(CliError.NO_EXPORT, SafeText.line(file.toString()));
    }
    var own = new UserSettings(surroundings.places().config());
    var connections = surroundings.connections();
    var replace = invocation.has("--replace");
    var content = new JsonFile.Content(given.file(), settings.deepCopy(), settings.toString());
    own.requireImportable(content, replace);
    var named = connections.importAll(root, given, surroundings.bindings().all(), replace);
    own.replace(content);
    var missing = new TreeSet<>(named);
    missing.removeAll(surroundings.secrets().names());
    if (invocation.json()) {
      var document = JsonDocument.of("config-imported");
      missing.forEach(document.putArray("missingSecrets")::add);
      invocation.terminal().out().println(JsonDocument.line(document));
    } else {
      invocation.say("Settings and connections are taken over.");
      missing.forEach(
          name ->
              invocation.say(
                  "A secret is not here yet: set it with `hearth secrets set " + name + "`."));
    }
    return 0;
  }
}
