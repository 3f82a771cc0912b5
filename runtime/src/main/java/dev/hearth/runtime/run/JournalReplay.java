package dev.hearth.runtime.run;

import dev.hearth.runtime.storage.ProcessMark;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads a journal from its begin and says where the run stood after its last line. */
final class JournalReplay {
  private static final int MOST_PROBLEMS = 20;

  private final List<RunDetails.UsedConnection> connections = new ArrayList<>();
  private final Map<String, RecordedStep> steps = new LinkedHashMap<>();
  private final Map<String, String> imports = new LinkedHashMap<>();
  private final ArrayDeque<RunDetails.LogLine> log = new ArrayDeque<>();
  private final List<String> problems = new ArrayList<>();
  private @Nullable RunStart start;
  private @Nullable ProcessMark owner;
  private JournalEntry.@Nullable Finished end;
  private int ended;
  private long logLinesDropped;
  private boolean tornAtTheEnd;

  /** Takes the next line as it is in the file. */
  void line(int number, byte[] text, boolean complete) {
    tornAtTheEnd = !complete;
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
      case JournalEntry.Started e -> {
        start = e.start();
        owner = e.process();
      }
      case JournalEntry.ConnectionOpened e ->
          connections.add(new RunDetails.UsedConnection(e.binding(), e.name(), e.origin()));
      case JournalEntry.Imported e -> imports.put(e.file(), e.sha256());
      case JournalEntry.TakenUp e -> takenUp(e);
      case JournalEntry.StepStarted e -> steps.put(e.step(), RecordedStep.begun(e));
      case JournalEntry.StepFinished e -> change(e.step(), s -> s.finished(e, ++ended));
      case JournalEntry.StepFailed e -> change(e.step(), s -> s.failed(e));
      case JournalEntry.StepUndoing e -> change(e.step(), RecordedStep::undoing);
      case JournalEntry.StepUndone e -> change(e.step(), s -> s.undone(e.error()));
      case JournalEntry.Logged e -> logged(e);
      case JournalEntry.Finished e -> finished(e);
      case JournalEntry.Unknown e ->
          problem("An entry `%s` was written by a newer Hearth and is not shown.", e.type());
    }
  }

  /** What it ended with is no longer how it ended. */
  private void takenUp(JournalEntry.TakenUp e) {
    owner = e.process();
    end = null;
  }

  private void change(String name, UnaryOperator<RecordedStep> change) {
    var step = steps.get(name);
    if (step == null) {
      problem("The begin of step `%s` is missing.", name);
    } else {
      steps.put(name, change.apply(step));
    }
  }

  private void logged(JournalEntry.Logged e) {
    if (log.size() == RunDetails.LOG_LINES) {
      log.removeFirst();
    }
    var level = e.level().name().toLowerCase(Locale.ROOT);
    log.add(new RunDetails.LogLine(e.time(), level, e.source(), e.message()));
  }

  private void finished(JournalEntry.Finished e) {
    end = e;
    logLinesDropped += e.logLinesDropped();
  }

  RunDetails details(RunSummary summary, Path journal) {
    var problems = new ArrayList<>(this.problems);
    if (logLinesDropped > 0) {
      problems.add(
          "%d lines of the log are not recorded: it grew beyond `limits.journalLogBytes`, or the disk was full."
              .formatted(logLinesDropped));
    }
    return new RunDetails(
        summary,
        start,
        List.copyOf(connections),
        steps.values().stream().map(RecordedStep::shown).toList(),
        List.copyOf(log),
        end == null ? null : end.value(),
        end == null ? null : end.error(),
        journal.toString(),
        List.copyOf(problems));
  }

  /**
   * What another process needs to take the run up.
   *
   * @param bytes the length of what was read
   */
  Optional<RunRecord> record(String run, long bytes) {
    if (start == null || owner == null) {
      return Optional.empty();
    }
    return Optional.of(
        new RunRecord(
            run,
            start,
            owner,
            Optional.ofNullable(end),
            List.copyOf(connections),
            List.copyOf(steps.values()),
            Map.copyOf(imports),
            List.copyOf(problems.subList(0, tornAtTheEnd ? problems.size() - 1 : problems.size())),
            bytes));
  }
}
