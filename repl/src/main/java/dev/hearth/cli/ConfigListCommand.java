package dev.hearth.cli;

import dev.hearth.runtime.settings.Settings;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.Table;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth config list}. */
final class ConfigListCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec().flag("--origin", "Show where each value is from.").build();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "hearth config list", "hearth config list --origin", "hearth config list --json");
  }

  @Override
  public int run(Invocation invocation) {
    var settings = ConfigGetCommand.settings(invocation);
    var out = invocation.terminal().out();
    if (invocation.json()) {
      var document = JsonDocument.of("settings");
      var array = document.putArray("settings");
      for (var listed : settings.list()) {
        ConfigGetCommand.write(listed, array.addObject());
      }
      out.println(JsonDocument.line(document));
    } else {
      var table = invocation.has("--origin") ? withOrigins(settings) : withSummaries(settings);
      out.print(table.text(invocation.terminal().outScreen()));
    }
    return 0;
  }

  private static Table withOrigins(Settings settings) {
    var table =
        new Table(
            List.of(
                Table.Column.left("setting").whole(),
                Table.Column.left("value").whole(),
                Table.Column.left("from").whole(),
                Table.Column.left("where")));
    for (var listed : settings.list()) {
      var origin = listed.origin();
      table.row(
          listed.key(),
          ConfigGetCommand.shown(listed.value()),
          origin.kind().name().toLowerCase(Locale.ROOT),
          origin.place());
    }
    return table;
  }

  private static Table withSummaries(Settings settings) {
    var table =
        new Table(
            List.of(
                Table.Column.left("setting").whole(),
                Table.Column.left("value").whole(),
                Table.Column.left("default").whole(),
                Table.Column.left("what it is")));
    for (var listed : settings.list()) {
      table.row(
          listed.key(),
          ConfigGetCommand.shown(listed.value()),
          ConfigGetCommand.shown(listed.fallback()),
          listed.summary());
    }
    return table;
  }
}
