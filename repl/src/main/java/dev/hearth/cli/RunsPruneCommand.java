package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.run.RunRetention;
import dev.hearth.runtime.settings.Settings;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.Measures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth runs prune}: removes old runs; never one that can still be resumed. */
final class RunsPruneCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec()
        .option(
            "--keep",
            "NUMBER",
            "Keep this many of the latest that ended. Default: the setting runs.keep.")
        .option(
            "--older-than",
            "DAYS",
            "Only those that began longer ago, such as 30d. Without --keep by default runs.keepFor.")
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth runs prune", "hearth runs prune --keep 0 --older-than 30d");
  }

  @Override
  public int run(Invocation invocation) {
    var surroundings = invocation.surroundings();
    var usual =
        RunRetention.of(
            Settings.ofUser(Map.of(), invocation.environment(), surroundings.places().config()));
    var retention =
        new RunRetention(keep(invocation, usual.keep()), keepFor(invocation, usual.keepFor()));
    var removed = surroundings.runs().prune(retention);
    if (invocation.json()) {
      var document = JsonDocument.of("pruned");
      removed.forEach(document.putArray("runs")::add);
      invocation.terminal().out().println(JsonDocument.line(document));
    } else {
      invocation.say("Removed " + Measures.count(removed.size(), "run") + ".");
    }
    return 0;
  }

  private static int keep(Invocation invocation, int usual) {
    var typed = invocation.value("--keep");
    if (typed == null) {
      return usual;
    }
    if (!typed.matches("\\d{1,6}")) {
      throw new HearthException(
          CliError.BAD_VALUE, "--keep", SafeText.line(typed), "a number such as 200");
    }
    return Integer.parseInt(typed);
  }

  /** Who says how many to keep wants just these. */
  private static Duration keepFor(Invocation invocation, Duration usual) {
    var typed = invocation.value("--older-than");
    if (typed == null) {
      return invocation.value("--keep") == null ? usual : Duration.ZERO;
    }
    if (!typed.matches("\\d{1,5}d")) {
      throw new HearthException(
          CliError.BAD_VALUE, "--older-than", SafeText.line(typed), "a number of days such as 30d");
    }
    return Duration.ofDays(Long.parseLong(typed.substring(0, typed.length() - 1)));
  }
}
