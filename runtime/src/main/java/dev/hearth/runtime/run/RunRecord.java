package dev.hearth.runtime.run;

import dev.hearth.runtime.run.RunDetails.StepState;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.storage.ProcessMark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a journal says of a run that another process is to take up.
 *
 * @param run the run's id
 * @param start what it began with
 * @param owner the process that wrote last, or may write still
 * @param end how it ended; empty when it has not, or was taken up again afterwards
 * @param connections those that the recipe used, in order of their first use
 * @param steps in the order in which they began
 * @param imports the SHA-256 of each file that the recipe imported, by its real path
 * @param problems what is wrong with the journal, but for a torn last line
 * @param bytes the journal's length when it was read
 */
record RunRecord(
    String run,
    RunStart start,
    ProcessMark owner,
    Optional<JournalEntry.Finished> end,
    List<RunDetails.UsedConnection> connections,
    List<RecordedStep> steps,
    Map<String, String> imports,
    List<String> problems,
    long bytes) {

  /** The same record with other steps. */
  RunRecord with(List<RecordedStep> others) {
    return new RunRecord(run, start, owner, end, connections, others, imports, problems, bytes);
  }

  /** Whether nothing is left of it that an undo could take back. */
  boolean isUndone() {
    return steps.stream().anyMatch(step -> step.state() == StepState.UNDONE)
        && steps.stream().noneMatch(RecordedStep::canBeUndone);
  }

  /**
   * Which connection is each binding's default: as it was chosen, or else as it was found to be.
   * The user's own default may be another one by now.
   */
  Map<String, String> defaults() {
    var defaults = new LinkedHashMap<>(start.connections());
    for (var used : connections) {
      var others =
          connections.stream()
              .filter(other -> other.binding().equals(used.binding()))
              .distinct() // each process that took the run up names it again
              .toList();
      if (others.size() == 1 && used.origin().equals(Connection.Origin.STORED.label())) {
        defaults.putIfAbsent(used.binding(), used.name());
      }
    }
    return defaults;
  }
}
