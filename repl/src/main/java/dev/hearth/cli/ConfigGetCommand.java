package dev.hearth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.settings.Settings;
import dev.hearth.terminal.JsonDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth config get SETTING}: the value that counts in this folder. */
final class ConfigGetCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec()
        .argument("SETTING", "Its name, such as limits.operations.", List.of())
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "hearth config get limits.operations", "hearth config get limits.operations --json");
  }

  @Override
  public int run(Invocation invocation) {
    var listed = settings(invocation).listed(invocation.required(0));
    if (invocation.json()) {
      var document = JsonDocument.of("setting");
      write(listed, document);
      invocation.terminal().out().println(JsonDocument.line(document));
    } else {
      invocation.terminal().out().println(listed.value());
    }
    return 0;
  }

  /** What is set for recipes of the folder in which the user is. */
  static Settings settings(Invocation invocation) {
    return Settings.load(
        Map.of(),
        invocation.environment(),
        invocation.surroundings().places().config(),
        Path.of(""));
  }

  /** Nothing is told as nothing. */
  static String shown(String value) {
    return value.isEmpty() ? "none" : value;
  }

  /** Writes {@code key, value, default, origin, place, summary}. */
  static void write(Settings.Listed listed, ObjectNode json) {
    json.put("key", listed.key())
        .put("value", listed.value())
        .put("default", listed.fallback())
        .put("origin", listed.origin().kind().name().toLowerCase(Locale.ROOT))
        .put("place", listed.origin().place())
        .put("summary", listed.summary());
  }
}
