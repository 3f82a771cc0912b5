package dev.hearth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.run.RunDetails;
import dev.hearth.runtime.run.RunStore;
import dev.hearth.runtime.run.UsedPermissions;
import dev.hearth.runtime.settings.Places;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.Measures;
import dev.hearth.terminal.Role;
import dev.hearth.terminal.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth permissions audit RUN}. */
final class PermissionsAuditCommand implements Command {
  /** No id of a run has a dot. */
  private static final Pattern RECIPE = Pattern.compile(".*\\.(js|mjs|ts|mts)");

  @Override
  public CommandSpec spec() {
    return new Spec()
        .argument(
            "RUN|RECIPE",
            "The id of a run, its beginning or its last four characters; or a recipe's file, for"
                + " all runs of it as it is now.",
            List.of())
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth permissions audit 7f3a", "hearth permissions audit template.js");
  }

  @Override
  public int run(Invocation invocation) {
    var store = new RunStore(Places.of(invocation.environment()).state(), invocation.clock());
    var typed = invocation.required(0);
    if (RECIPE.matcher(typed).matches()) {
      return new RecipeAudit(invocation, store).run(Path.of(typed));
    }
    var details = store.show(typed);
    var used = store.permissions(typed);
    var declared = declared(details, invocation.environment());
    var out = invocation.terminal().out();
    if (invocation.json()) {
      out.println(JsonDocument.line(json(details, used, declared)));
      return 0;
    }
    if (used.uses().isEmpty()) {
      invocation.say("The run asked for nothing that needs a permission.");
    } else {
      out.print(table(used).text(invocation.terminal().outScreen()));
    }
    if (used.untold() > 0) {
      invocation.say(used.untold() + " more checks found no room in the record.");
    }
    tell(invocation, declared, declared.unused(used));
    return 0;
  }

  private static DeclaredPermissions declared(RunDetails details, Environment environment) {
    var start = details.start();
    return start == null
        ? DeclaredPermissions.unknown("the journal does not say which recipe it was")
        : DeclaredPermissions.of(start, environment);
  }

  private static void tell(
      Invocation invocation, DeclaredPermissions declared, List<String> unused) {
    var screen = invocation.terminal().errScreen();
    if (declared.why().isPresent()) {
      invocation.say(
          "What the recipe declared is not known any more: " + declared.why().get() + ".");
    } else if (!unused.isEmpty()) {
      invocation.say(
          screen.paint(Role.WARNING, "Declared and not used by this run:")
              + " "
              + SafeText.line(String.join(", ", unused)));
    }
  }

  static Table table(UsedPermissions used) {
    var table =
        new Table(
            List.of(
                Table.Column.left("permission"),
                Table.Column.left("for"),
                Table.Column.left("allowed").whole(),
                Table.Column.right("times").whole(),
                Table.Column.left("first").whole(),
                Table.Column.left("led to")));
    for (var use : used.uses()) {
      table.row(
          use.permission(),
          use.principal(),
          use.granted() ? "by " + use.by() : "refused",
          String.valueOf(use.count()),
          Measures.time(use.first()),
          String.join(", ", use.resolved()));
    }
    return table;
  }

  /** {@code {run, recipe, uses: [{permission, principal, …}], untold, declared, unused}}. */
  private static JsonNode json(
      RunDetails details, UsedPermissions used, DeclaredPermissions declared) {
    var document =
        JsonDocument.of("permissions-audit")
            .put("run", details.summary().run())
            .put("recipe", details.summary().recipe());
    addUses(document, used);
    document.put("untold", used.untold());
    if (declared.why().isPresent()) {
      document.putNull("declared").putNull("unused");
    } else {
      addDeclared(document, used, declared);
    }
    return document;
  }

  static void addDeclared(ObjectNode document, UsedPermissions used, DeclaredPermissions declared) {
    var all = document.putArray("declared");
    declared.permissions().forEach(each -> all.add(each.toString()));
    var unused = document.putArray("unused");
    declared.unused(used).forEach(unused::add);
  }

  static void addUses(ObjectNode document, UsedPermissions used) {
    var uses = document.putArray("uses");
    for (var use : used.uses()) {
      var json =
          uses.addObject()
              .put("permission", use.permission())
              .put("principal", use.principal())
              .put("granted", use.granted())
              .put("by", use.granted() ? use.by() : null)
              .put("count", use.count())
              .put("first", use.first().toString());
      var resolved = json.putArray("resolved");
      use.resolved().forEach(resolved::add);
    }
  }
}
