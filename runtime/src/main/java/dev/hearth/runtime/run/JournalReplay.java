package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.run.RunDetails.Step;
import dev.hearth.runtime.run.RunDetails.StepState;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a journal from its begin and says where the run stood after its last line. */
final class JournalReplay {
  private static final int MOST_PROBLEMS = 20;

  private final List<RunDetails.UsedConnection> connections = new ArrayList<>();
  private final Map<String, Step> steps = new LinkedHashMap<>();
  private final ArrayDeque<RunDetails.LogLine> log = new ArrayDeque<>();
  private final List<String> problems = new ArrayList<>();
  private @Nullable RunStart start;
  private @Nullable JsonNode value;
  private @Nullable ErrorReport error;

  /** Takes the next line as it is in the file. */
  void line(int number, byte[] text, boolean complete) {
    try {
      if (!complete) {
        problem("Line %d is torn: Hearth or the machine stopped while writing it.", number);
      } else {
        take(JournalFormat.read(text));
      }
    } catch (JournalFormat.NotAnEntry e) {
      problem("Line %d %s.", number, String.valueOf(e.getMessage()));
    }
  }

  private void problem(String format, Object... arguments) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(String.format(Locale.ROOT, format, arguments));
    } else if (problems.size() == MOST_PROBLEMS) {
      problems.add("There are more damaged lines.");
    }
  }

  private void take(JournalEntry entry) {
    switch (entry) {
      case JournalEntry.Started e -> start = e.start();
      case JournalEntry.ConnectionOpened e ->
          connections.add(new RunDetails.UsedConnection(e.binding(), e.name(), e.origin()));
      case JournalEntry.StepStarted e ->
          steps.put(
              e.step(),
              new Step(e.step(), StepState.OPEN, e.effect(), e.time(), null, null, null, null));
      case JournalEntry.StepFinished e ->
          change(
              e.step(),
              s ->
                  new Step(
                      s.name(),
                      StepState.FINISHED,
                      s.effect(),
                      s.started(),
                      e.duration(),
                      e.result(),
                      null,
                      null));
      case JournalEntry.StepFailed e ->
          change(
              e.step(),
              s ->
                  new Step(
                      s.name(),
                      StepState.FAILED,
                      s.effect(),
                      s.started(),
                      e.duration(),
                      null,
                      e.error(),
                      null));
      case JournalEntry.StepUndone e -> change(e.step(), s -> undone(s, e.error()));
      case JournalEntry.Logged e -> logged(e);
      case JournalEntry.Finished e -> finished(e);
      case JournalEntry.Unknown e ->
          problem("An entry `%s` was written by a newer Hearth and is not shown.", e.type());
    }
  }

  private void change(String name, java.util.function.UnaryOperator<Step> change) {
    var step = steps.get(name);
    if (step == null) {
      problem("The begin of step `%s` is missing.", name);
    } else {
      steps.put(name, change.apply(step));
    }
  }

  private static Step undone(Step s, @Nullable ErrorReport undoError) {
    return new Step(
        s.name(),
        undoError == null ? StepState.UNDONE : s.state(),
        s.effect(),
        s.started(),
        s.duration(),
        s.result(),
        s.error(),
        undoError);
  }

  private void logged(JournalEntry.Logged e) {
    if (log.size() == RunDetails.LOG_LINES) {
      log.removeFirst();
    }
    var level = e.level().name().toLowerCase(Locale.ROOT);
    log.add(new RunDetails.LogLine(e.time(), level, e.source(), e.message()));
  }

  private void finished(JournalEntry.Finished e) {
    value = e.value();
    error = e.error();
    if (e.logLinesDropped() > 0) {
      problem(
          "%d lines of the log are not recorded, as it grew beyond `limits.journalLogBytes`.",
          e.logLinesDropped());
    }
  }

  RunDetails details(RunSummary summary, Path journal) {
    return new RunDetails(
        summary,
        start,
        List.copyOf(connections),
        List.copyOf(steps.values()),
        List.copyOf(log),
        value,
        error,
        journal.toString(),
        List.copyOf(problems));
  }
}
