package dev.hearth.cli;

import dev.hearth.runtime.Hearth;
import dev.hearth.terminal.ErrorJson;
import dev.hearth.terminal.Table;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth connect show BINDING NAME}. */
final class ConnectShowCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec()
        .argument("BINDING", "The system, such as proxmox.", List.of())
        .argument("CONNECTION", "Its name, or `environment`.", List.of())
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth connect show proxmox lab", "hearth connect show proxmox environment");
  }

  @Override
  public int run(Invocation invocation) {
    var hearth = Hearth.builder().environment(invocation.environment()).build();
    var shown = new KnownConnections(hearth).show(invocation.required(0), invocation.required(1));
    var out = invocation.terminal().out();
    if (invocation.json()) {
      var document = ErrorJson.document("connection");
      shown.writeTo(document);
      out.println(ErrorJson.line(document));
      return 0;
    }
    var table =
        new Table(
            List.of(
                Table.Column.left("field"),
                Table.Column.left("value"),
                Table.Column.left("origin")));
    shown.fields().forEach(field -> table.row(field.name(), field.value(), field.origin()));
    out.print(table.text(invocation.terminal().outScreen()));
    return 0;
  }
}
