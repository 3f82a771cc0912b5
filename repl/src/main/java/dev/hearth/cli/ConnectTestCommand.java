package dev.hearth.cli;

import dev.hearth.terminal.JsonDocument;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth connect test BINDING [CONNECTION]}. */
final class ConnectTestCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec()
        .argument("BINDING", "The system, such as proxmox.", List.of())
        .optionalArgument(
            "CONNECTION", "Its name, or `environment`. Default: what recipes get.", List.of())
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth connect test proxmox", "hearth connect test proxmox lab --json");
  }

  @Override
  public int run(Invocation invocation) {
    var hearth = invocation.hearth().build();
    var binding = Connectable.named(invocation.required(0), hearth.surroundings().bindings());
    var connection = new KnownConnections(hearth).open(binding, invocation.argument(1));
    var verdict = ConnectionVerdict.of(hearth, binding, connection, invocation);
    if (invocation.json()) {
      var document =
          JsonDocument.of("connection-test")
              .put("binding", binding.name())
              .put("name", connection.name());
      verdict.writeTo(document);
      invocation.terminal().out().println(JsonDocument.line(document));
    } else {
      invocation.terminal().out().print(verdict.text());
    }
    return 0;
  }
}
