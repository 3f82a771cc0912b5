package dev.hearth.cli;

import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.run.RunState;
import dev.hearth.runtime.run.RunStore;
import dev.hearth.runtime.run.RunSummary;
import dev.hearth.runtime.settings.Places;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.Measures;
import dev.hearth.terminal.Table;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth runs list}. */
final class RunsListCommand implements Command {
  private static final int USUAL_LIMIT = 20;

  @Override
  public CommandSpec spec() {
    return new Spec()
        .option("--limit", "NUMBER", "Show at most this many, newest first. Default: 20.")
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth runs list", "hearth runs list --limit 100 --json");
  }

  @Override
  public int run(Invocation invocation) {
    var store = new RunStore(Places.of(invocation.environment()).state(), invocation.clock());
    var runs = store.list(limit(invocation.value("--limit")));
    var out = invocation.terminal().out();
    if (invocation.json()) {
      var document = JsonDocument.of("runs");
      var array = document.putArray("runs");
      runs.forEach(run -> array.add(RunJson.summary(run)));
      out.println(JsonDocument.line(document));
    } else if (runs.isEmpty()) {
      invocation.say("There are no runs yet. Start one with `hearth run RECIPE`.");
    } else {
      out.print(table(runs).text(invocation.terminal().outScreen()));
      if (runs.stream().anyMatch(RunsListCommand::isHalfWay)) {
        invocation.say(
            "Go on with one that stopped or crashed by `hearth resume RUN`, or take it back by"
                + " `hearth undo RUN`.");
      }
    }
    return 0;
  }

  private static boolean isHalfWay(RunSummary run) {
    return !run.simulated() && (run.state() == RunState.STOPPED || run.state() == RunState.CRASHED);
  }

  private static int limit(@Nullable String typed) {
    if (typed == null) {
      return USUAL_LIMIT;
    }
    if (!typed.matches("[1-9]\\d{0,5}")) {
      throw new HearthException(
          CliError.BAD_VALUE, "--limit", SafeText.line(typed), "a number such as 20");
    }
    return Integer.parseInt(typed);
  }

  private static Table table(List<RunSummary> runs) {
    var table =
        new Table(
            List.of(
                Table.Column.left("run").whole(),
                Table.Column.left("recipe"),
                Table.Column.left("state").whole(),
                Table.Column.left("started").whole(),
                Table.Column.right("took").whole(),
                Table.Column.left("error")));
    for (var run : runs) {
      table.row(
          run.run(),
          RunPage.shortPath(run.recipe()) + (run.simulated() ? " (simulated)" : ""),
          RunJson.word(run.state()),
          Measures.time(run.started()),
          run.took() == null ? "" : DurationText.format(run.took()),
          Objects.requireNonNullElse(run.error(), ""));
    }
    return table;
  }
}
