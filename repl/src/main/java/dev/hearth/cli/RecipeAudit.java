package dev.hearth.cli;

import dev.hearth.runtime.effect.LocalSources;
import dev.hearth.runtime.engine.GraalModuleParser;
import dev.hearth.runtime.module.RecipeFile;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.run.RunDetails;
import dev.hearth.runtime.run.RunStore;
import dev.hearth.runtime.run.UsedPermissions;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.Measures;
import dev.hearth.terminal.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What all runs of a recipe as it is now used of what it declares. It shows where a declaration can
 * be narrower, and proves nothing: other parameters, or another answer of a system, may need more.
 */
final class RecipeAudit {
  private static final int LATEST = 500;

  private final Invocation invocation;
  private final RunStore store;

  RecipeAudit(Invocation invocation, RunStore store) {
    this.invocation = invocation;
    this.store = store;
  }

  int run(Path recipe) {
    var file = RecipeFile.read(recipe, new LocalSources(), new GraalModuleParser());
    var runs = runs(recipe.toAbsolutePath().normalize(), file.sha256());
    var used =
        UsedPermissions.together(
            runs.stream().map(run -> store.permissions(run.summary().run())).toList());
    var declared =
        runs.isEmpty()
            ? DeclaredPermissions.unknown("it has not run")
            : DeclaredPermissions.of(
                Objects.requireNonNull(runs.getFirst().start()), invocation.environment());
    if (invocation.json()) {
      var document =
          JsonDocument.of("permissions-audit-recipe")
              .put("recipe", recipe.toString())
              .put("runs", runs.size());
      PermissionsAuditCommand.addUses(document, used);
      document.put("untold", used.untold());
      PermissionsAuditCommand.addDeclared(document, used, declared);
      var wider = document.putObject("wider");
      declared.wider(used).forEach((name, uses) -> uses.forEach(wider.putArray(name)::add));
      invocation.terminal().out().println(JsonDocument.line(document));
    } else {
      show(recipe, runs.size(), used, declared);
    }
    return 0;
  }

  /** Those of its own, for real: what is simulated reaches other things. */
  private List<RunDetails> runs(Path recipe, String hash) {
    return store.list(LATEST).stream()
        .filter(run -> !run.simulated() && run.recipe().equals(recipe.toString()))
        .map(run -> store.show(run.run()))
        .filter(run -> run.start() != null && run.start().recipeHash().equals(hash))
        .toList();
  }

  private void show(Path recipe, int runs, UsedPermissions used, DeclaredPermissions declared) {
    var shown = SafeText.line(recipe.toString());
    if (runs == 0) {
      invocation.say(shown + " has not run as it is now, other than simulated.");
      return;
    }
    var terminal = invocation.terminal();
    if (!used.uses().isEmpty()) {
      terminal.out().print(PermissionsAuditCommand.table(used).text(terminal.outScreen()));
      terminal.out().flush();
    }
    var screen = terminal.errScreen();
    var unused = declared.unused(used);
    if (!unused.isEmpty()) {
      var what = SafeText.line(String.join(", ", unused));
      invocation.say(screen.paint(Role.WARNING, "Declared and never used:") + " " + what);
    }
    declared
        .wider(used)
        .forEach(
            (name, uses) ->
                invocation.say(
                    screen.paint(Role.WARNING, "Declared " + SafeText.line(name))
                        + ", used only "
                        + SafeText.line(String.join(", ", uses))));
    var count = Measures.count(runs, "run") + " of " + shown + " as it is now";
    invocation.say(screen.paint(Role.FAINT, "From " + count + "; others may need more."));
  }
}
