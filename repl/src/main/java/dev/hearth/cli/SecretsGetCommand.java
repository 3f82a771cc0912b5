package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.Questions;
import dev.hearth.terminal.Screen;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth secrets get SECRET}: into a pipe, or on a terminal when that is really wanted. */
final class SecretsGetCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec()
        .argument("SECRET", "Its name.", List.of())
        .flag("--show", "Print it on the terminal, without being asked.")
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "hearth secrets get backup/password | wl-copy",
        "hearth secrets get backup/password --show");
  }

  @Override
  public int run(Invocation invocation) {
    var name = invocation.required(0);
    var secret = invocation.surroundings().secrets().require(name);
    var terminal = invocation.terminal();
    var piped = terminal.outScreen().kind() == Screen.Kind.PIPE;
    if (!piped && !invocation.has("--show") && !isWanted(invocation, name)) {
      invocation.say("Nothing is shown.");
      return 0;
    }
    if (invocation.json()) {
      var document = JsonDocument.of("secret").put("name", name).put("value", secret.reveal());
      terminal.out().println(JsonDocument.line(document));
    } else if (piped) { // exactly what was stored
      terminal.out().print(secret.reveal());
    } else {
      terminal.out().println(secret.reveal());
    }
    return 0;
  }

  private static boolean isWanted(Invocation invocation, String name) {
    if (!invocation.terminal().interactive()) {
      throw new HearthException(CliError.SECRET_ON_TERMINAL, name);
    }
    return new Questions(invocation.terminal())
        .yes("Show the secret " + name + " on this terminal?", Questions.Answer.NO);
  }
}
