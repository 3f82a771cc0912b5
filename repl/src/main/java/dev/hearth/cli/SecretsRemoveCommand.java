package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.run.Surroundings;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.Questions;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth secrets remove SECRET}. */
final class SecretsRemoveCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec()
        .argument("SECRET", "Its name.", List.of())
        .flag("-y, --yes", "Remove it without being asked.")
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "hearth secrets remove backup/password", "hearth secrets remove backup/password --yes");
  }

  @Override
  public int run(Invocation invocation) {
    var name = invocation.required(0);
    var surroundings = invocation.surroundings();
    var _ = surroundings.secrets().require(name);
    var users = users(surroundings, name);
    if (!users.isEmpty()) {
      invocation.say("It is used by the connection " + users + ", which will not work without it.");
    }
    var isConfirmed = invocation.has("--yes") || isConfirmed(invocation, name);
    if (isConfirmed) {
      surroundings.secrets().remove(name);
    }
    if (invocation.json()) {
      var document =
          JsonDocument.of("secret-removed").put("name", name).put("removed", isConfirmed);
      invocation.terminal().out().println(JsonDocument.line(document));
    } else {
      invocation.say(isConfirmed ? "The secret " + name + " is gone." : "Nothing is removed.");
    }
    return 0;
  }

  private static String users(Surroundings surroundings, String name) {
    return surroundings.connections().list().stream()
        .filter(connection -> connection.secrets().containsValue(name))
        .map(connection -> SafeText.line(connection.binding() + " " + connection.name()))
        .collect(Collectors.joining(", "));
  }

  private static boolean isConfirmed(Invocation invocation, String name) {
    if (!invocation.terminal().interactive()) {
      throw new HearthException(CliError.NOBODY_TO_ASK, name);
    }
    return new Questions(invocation.terminal())
        .yes("Remove the secret " + name + "?", Questions.Answer.NO);
  }
}
