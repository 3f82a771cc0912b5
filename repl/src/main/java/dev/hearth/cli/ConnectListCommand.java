package dev.hearth.cli;

import dev.hearth.runtime.Hearth;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.Table;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth connect list}. */
final class ConnectListCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec().build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth connect list", "hearth connect list --json");
  }

  @Override
  public int run(Invocation invocation) {
    var hearth = invocation.hearth().build();
    var all = new KnownConnections(hearth).list();
    var out = invocation.terminal().out();
    if (invocation.json()) {
      var document = JsonDocument.of("connections");
      var array = document.putArray("connections");
      all.forEach(connection -> connection.writeTo(array.addObject()));
      out.println(JsonDocument.line(document));
    } else if (all.isEmpty()) {
      invocation.say("There are no connections yet. Add one with `hearth connect add`.");
    } else {
      out.print(table(hearth, all).text(invocation.terminal().outScreen()));
    }
    return 0;
  }

  private static Table table(Hearth hearth, List<ShownConnection> all) {
    var table =
        new Table(
            List.of(
                Table.Column.left("binding").whole(),
                Table.Column.left("name").whole(),
                Table.Column.left("default"),
                Table.Column.left("address"),
                Table.Column.left("origin")));
    for (var connection : all) {
      table.row(
          connection.binding(),
          connection.name(),
          switch (connection.standing()) {
            case DEFAULT -> "yes";
            case OVERRIDDEN -> "overridden";
            case NAMED -> "";
          },
          connection.address(hearth.surroundings().bindings()),
          connection.origin().label());
    }
    return table;
  }
}
