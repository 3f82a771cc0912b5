package dev.hearth.log;

import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.settings.LogLevel;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the log tells of a run: that it began and how it ended, at lower levels also its steps and
 * what it touched. What the recipe itself says is in the run's journal.
 */
public final class RunLines implements Consumer<RunEvent> {
  private static final String LOGGER = "hearth.run";

  private final FileLog log;

  public RunLines(FileLog log) {
    this.log = log;
  }

  @Override
  public void accept(RunEvent event) {
    switch (event) {
      case RunEvent.Started e -> {
        log.about(e.run());
        began(e);
      }
      case RunEvent.TakenUp e ->
          tell(LogLevel.INFO, e.undoes() ? "It takes up a run to undo it." : "It takes up a run.");
      case RunEvent.Undoing e -> tell(LogLevel.WARN, "Its steps are undone.", e.error());
      case RunEvent.Uncaught e -> tell(LogLevel.WARN, "An error was left uncaught.", e.error());
      case RunEvent.StepStarted e -> tell(LogLevel.DEBUG, "Step `" + e.step() + "` began.");
      case RunEvent.StepFinished e ->
          tell(
              LogLevel.DEBUG,
              "Step `" + e.step() + (e.error() == null ? "` finished." : "` failed."),
              e.error());
      case RunEvent.StepPassed e ->
          tell(LogLevel.DEBUG, "Step `" + e.step() + "` was done before.");
      case RunEvent.StepUndone e ->
          tell(
              e.error() == null ? LogLevel.DEBUG : LogLevel.WARN,
              "Step `" + e.step() + (e.error() == null ? "` was undone." : "` was not undone."),
              e.error());
      case RunEvent.Audited e -> {
        if (log.writes(LogLevel.TRACE)) {
          var _ =
              log.write(
                  LogLine.of(LogLevel.TRACE, LOGGER, "A permission was asked for.")
                      .with("permission", e.permission())
                      .with("granted", e.granted()));
        }
      }
      case RunEvent.Finished e -> {
        ended(e.result());
        log.about(null);
      }
      default -> {} // what the recipe says, or how the terminal shows it
    }
  }

  private void began(RunEvent.Started event) {
    var _ =
        log.write(
            LogLine.of(LogLevel.INFO, LOGGER, "The run began.")
                .with("recipe", event.recipe())
                .with("simulated", event.simulated()));
  }

  private void ended(RunResult result) {
    var status = result.status().name().toLowerCase(Locale.ROOT);
    var line =
        LogLine.of(level(result.error()), LOGGER, "The run ended: " + status + ".")
            .with("status", status)
            .with("exitStatus", result.exitStatus())
            .with("duration", DurationText.format(result.duration()));
    var _ = log.write(result.error() == null ? line : line.error(result.error()));
  }

  private static LogLevel level(@Nullable ErrorReport error) {
    if (error == null) {
      return LogLevel.INFO;
    }
    return error.kind() == ErrorKind.INTERRUPTED ? LogLevel.WARN : LogLevel.ERROR;
  }

  private void tell(LogLevel level, String message) {
    tell(level, message, null);
  }

  private void tell(LogLevel level, String message, @Nullable ErrorReport error) {
    if (log.writes(level)) {
      var line = LogLine.of(level, LOGGER, message);
      var _ = log.write(error == null ? line : line.error(error));
    }
  }
}
