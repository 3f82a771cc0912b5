package dev.hearth.cli;

import dev.hearth.runtime.report.SafeText;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.Role;
import dev.hearth.terminal.Screen;
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
    var hearth = invocation.hearth().build();
    var shown = new KnownConnections(hearth).show(invocation.required(0), invocation.required(1));
    var out = invocation.terminal().out();
    if (invocation.json()) {
      var document = JsonDocument.of("connection");
      shown.writeTo(document);
      out.println(JsonDocument.line(document));
      return 0;
    }
    out.print(text(shown, invocation.terminal().outScreen()));
    return 0;
  }

  /** A line for each field. Nothing is cut, since people compare fingerprints with it. */
  private static String text(ShownConnection shown, Screen screen) {
    var width = shown.fields().stream().mapToInt(field -> field.name().length()).max().orElse(0);
    var text = new StringBuilder();
    for (var field : shown.fields()) {
      text.append(SafeText.line(field.name())).repeat(' ', width - field.name().length() + 2);
      text.append(SafeText.line(field.value())).append("  ");
      text.append(screen.paint(Role.FAINT, "(" + SafeText.line(field.place()) + ")")).append('\n');
    }
    return text.toString();
  }
}
