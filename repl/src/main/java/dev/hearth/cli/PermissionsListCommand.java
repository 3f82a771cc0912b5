package dev.hearth.cli;

import dev.hearth.runtime.grant.RememberedGrants;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.Measures;
import dev.hearth.terminal.Table;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth permissions list}. */
final class PermissionsListCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec().build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth permissions list", "hearth permissions list --json");
  }

  @Override
  public int run(Invocation invocation) {
    var recipes = new AllowedRecipes(invocation);
    var all = recipes.store().list();
    var out = invocation.terminal().out();
    if (invocation.json()) {
      var document = JsonDocument.of("permissions");
      var array = document.putArray("recipes");
      all.forEach(each -> recipes.json(each, array.addObject()));
      out.println(JsonDocument.line(document));
    } else if (all.isEmpty()) {
      invocation.say(
          "Nothing is allowed for good. Answer `always` when a recipe asks, or run it with"
              + " `--remember`.");
    } else {
      out.print(table(recipes, all).text(invocation.terminal().outScreen()));
    }
    return 0;
  }

  private static Table table(AllowedRecipes recipes, List<RememberedGrants> all) {
    var table =
        new Table(
            List.of(
                Table.Column.left("recipe"),
                Table.Column.left("may"),
                Table.Column.left("since").whole(),
                Table.Column.left("holds").whole()));
    for (var each : all) {
      table.row(
          RunPage.shortPath(each.recipe().toString()),
          each.allowed().stream()
              .map(RememberedGrants.Allowed::permission)
              .collect(Collectors.joining(", ")),
          Measures.time(since(each)),
          recipes.changes(each).isEmpty() ? "yes" : "no, changed");
    }
    return table;
  }

  private static Instant since(RememberedGrants grants) {
    return grants.allowed().stream()
        .map(RememberedGrants.Allowed::since)
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }
}
