package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.Questions;
import dev.hearth.terminal.Questions.Answer;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth connect remove BINDING CONNECTION}. */
final class ConnectRemoveCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec()
        .argument("BINDING", "The system, such as proxmox.", List.of())
        .argument("CONNECTION", "The name of one that is stored.", List.of())
        .flag("-y, --yes", "Remove it without being asked.")
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth connect remove proxmox lab", "hearth connect remove proxmox lab --yes");
  }

  @Override
  public int run(Invocation invocation) {
    var hearth = invocation.hearth().build();
    var old = new KnownConnections(hearth).stored(invocation.required(0), invocation.required(1));
    var words = old.binding() + " " + old.name();
    var isConfirmed = invocation.has("--yes") || isConfirmed(invocation, words);
    if (isConfirmed) {
      hearth.surroundings().connections().remove(old.binding(), old.name());
      invocation.say("The connection " + words + " and its secrets are gone.");
    } else {
      invocation.say("Nothing is removed.");
    }
    if (invocation.json()) {
      var document =
          JsonDocument.of("connection-removed")
              .put("binding", old.binding())
              .put("name", old.name())
              .put("removed", isConfirmed);
      invocation.terminal().out().println(JsonDocument.line(document));
    }
    return 0;
  }

  private static boolean isConfirmed(Invocation invocation, String words) {
    if (!invocation.terminal().interactive()) {
      throw new HearthException(CliError.NOBODY_TO_ASK, words);
    }
    return new Questions(invocation.terminal())
        .yes("Remove the connection " + words + " and its secrets?", Answer.NO);
  }
}
