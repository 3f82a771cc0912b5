package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.run.RunStore;
import dev.hearth.runtime.settings.Places;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.Measures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth runs prune}: removes old runs; never one that can still be resumed. */
final class RunsPruneCommand implements Command {
  private static final int USUAL_KEEP = 200;

  @Override
  public CommandSpec spec() {
    return new Spec()
        .option("--keep", "NUMBER", "Keep this many of the latest that ended. Default: 200.")
        .option("--older-than", "DAYS", "Only those that began longer ago, such as 30d.")
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth runs prune", "hearth runs prune --keep 0 --older-than 30d");
  }

  @Override
  public int run(Invocation invocation) {
    var store = new RunStore(Places.of(invocation.environment()).state(), invocation.clock());
    var removed = store.prune(keep(invocation), before(invocation));
    if (invocation.json()) {
      var document = JsonDocument.of("pruned");
      removed.forEach(document.putArray("runs")::add);
      invocation.terminal().out().println(JsonDocument.line(document));
    } else {
      invocation.say("Removed " + Measures.count(removed.size(), "run") + ".");
    }
    return 0;
  }

  private static int keep(Invocation invocation) {
    var typed = invocation.value("--keep");
    if (typed == null) {
      return USUAL_KEEP;
    }
    if (!typed.matches("\\d{1,6}")) {
      throw new HearthException(
          CliError.BAD_VALUE, "--keep", SafeText.line(typed), "a number such as 200");
    }
    return Integer.parseInt(typed);
  }

  private static Instant before(Invocation invocation) {
    var typed = invocation.value("--older-than");
    var now = invocation.clock().now();
    if (typed == null) {
      return now;
    }
    if (!typed.matches("\\d{1,5}d")) {
      throw new HearthException(
          CliError.BAD_VALUE, "--older-than", SafeText.line(typed), "a number of days such as 30d");
    }
    return now.minus(Duration.ofDays(Long.parseLong(typed.substring(0, typed.length() - 1))));
  }
}
