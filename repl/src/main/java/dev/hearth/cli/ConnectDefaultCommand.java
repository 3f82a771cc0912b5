package dev.hearth.cli;

import dev.hearth.terminal.JsonDocument;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth connect default BINDING CONNECTION}. */
final class ConnectDefaultCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec()
        .argument("BINDING", "The system, such as proxmox.", List.of())
        .argument("CONNECTION", "The name of one that is stored.", List.of())
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth connect default proxmox lab");
  }

  @Override
  public int run(Invocation invocation) {
    var hearth = invocation.hearth().build();
    var known = new KnownConnections(hearth);
    var chosen = known.stored(invocation.required(0), invocation.required(1));
    hearth.surroundings().connections().makeDefault(chosen.binding(), chosen.name());
    var shown = known.show(chosen.binding(), chosen.name());
    if (invocation.json()) {
      var document = JsonDocument.of("connection");
      shown.writeTo(document);
      invocation.terminal().out().println(JsonDocument.line(document));
    } else {
      invocation.say(sentence(shown));
    }
    return 0;
  }

  private static String sentence(ShownConnection shown) {
    var sentence = "Recipes that name no connection to " + shown.binding() + " get " + shown.name();
    return shown.standing() == ShownConnection.Standing.OVERRIDDEN
        ? sentence + ", once the environment spells out none."
        : sentence + ".";
  }
}
