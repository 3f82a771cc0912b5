package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.terminal.JsonDocument;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth permissions revoke RECIPE|--all}. Never asks: taking back is the safe side. */
final class PermissionsRevokeCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec()
        .optionalArgument("RECIPE", "The recipe file; it may be gone.", List.of())
        .flag("--all", "All recipes.")
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth permissions revoke template.js", "hearth permissions revoke --all");
  }

  @Override
  public int run(Invocation invocation) {
    var recipes = new AllowedRecipes(invocation);
    var typed = invocation.argument(0);
    if (invocation.has("--all") == (typed != null)) {
      throw new HearthException(CliError.ONE_OR_ALL, "hearth permissions revoke", "RECIPE");
    }
    if (typed == null) {
      recipes.store().forgetAll();
      invocation.say("Every recipe asks anew.");
    } else {
      var path = recipes.path(typed);
      if (!recipes.store().forget(path)) {
        throw AllowedRecipes.notRemembered(typed);
      }
      invocation.say(SafeText.line(RunPage.shortPath(path.toString())) + " asks anew.");
    }
    if (invocation.json()) {
      var document = JsonDocument.of("permissions-revoked");
      document.put("recipe", typed == null ? null : recipes.path(typed).toString());
      invocation.terminal().out().println(JsonDocument.line(document));
    }
    return 0;
  }
}
