package dev.hearth.cli;

import dev.hearth.runtime.grant.RememberedGrants;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.Measures;
import dev.hearth.terminal.Role;
import dev.hearth.terminal.Screen;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth permissions show RECIPE}. */
final class PermissionsShowCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec().argument("RECIPE", "The recipe file; it may be gone.", List.of()).build();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "hearth permissions show template.js", "hearth permissions show template.js --json");
  }

  @Override
  public int run(Invocation invocation) {
    var recipes = new AllowedRecipes(invocation);
    var grants = recipes.of(invocation.required(0));
    var terminal = invocation.terminal();
    if (invocation.json()) {
      var document = recipes.json(grants, JsonDocument.of("permission"));
      terminal.out().println(JsonDocument.line(document));
    } else {
      terminal.out().print(text(grants, recipes.changes(grants), terminal.outScreen()));
    }
    return 0;
  }

  private static String text(RememberedGrants grants, List<String> changes, Screen screen) {
    var text = new StringBuilder();
    var recipe = RunPage.shortPath(grants.recipe().toString());
    text.append(screen.paint(Role.STRONG, SafeText.line(recipe))).append(" may\n");
    for (var each : grants.allowed()) {
      text.append("  ").append(screen.paint(Role.HINT, "-")).append(' ');
      text.append(SafeText.line(each.words()));
      text.append(screen.paint(Role.FAINT, "  " + SafeText.line(each.permission())));
      text.append(screen.paint(Role.FAINT, ", since " + Measures.time(each.since())));
      text.append('\n');
    }
    text.append("as long as these files stay as they are\n");
    for (var file : grants.imprint().files().keySet()) {
      text.append("  ").append(SafeText.line(RunPage.shortPath(file.toString()))).append('\n');
    }
    if (!changes.isEmpty()) {
      text.append(screen.paint(Role.WARNING, "It asks again:")).append(' ');
      text.append(SafeText.line(String.join("; ", changes))).append(".\n");
    }
    return text.toString();
  }
}
