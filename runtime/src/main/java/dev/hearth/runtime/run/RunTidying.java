package dev.hearth.runtime.run;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.storage.Exclusive;
import dev.hearth.runtime.storage.PrivateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Keeps the folder of runs small, after a run and at most once a day: old runs are removed, those
 * that ended a while ago are compressed. Whoever waits for the process waits for a moment only;
 * what is not done then is done after the next run. Safe for several processes.
 */
public final class RunTidying {
  private static final Duration PAUSE = Duration.ofDays(1);
  private static final Duration PATIENCE = Duration.ofMillis(200);

  /** Runs that people look at are not compressed. */
  private static final Duration FRESH = Duration.ofDays(7);

  private final RunStore runs;
  private final Path mark;
  private final Clock clock;

  /**
   * For the runs of a state folder.
   *
   * @param state the state folder; nothing is done where it has no runs
   */
  public RunTidying(RunStore runs, Path state, Clock clock) {
    this.runs = runs;
    this.mark = state.resolve("runs").resolve("tidied");
    this.clock = clock;
  }

  /**
   * What was done.
   *
   * @param isComplete whether nothing is left to do for today
   */
  public record Done(int removed, int compressed, boolean isComplete) {
    private static final Done NOTHING = new Done(0, 0, true);
  }

  /**
   * Does it when it is due; else that costs one look at a file.
   *
   * @param retention asked for only then
   */
  public Done whenDue(Supplier<RunRetention> retention) {
    var done = new AtomicReference<>(Done.NOTHING);
    try {
      if (isDue()) {
        Exclusive.holding(
            mark,
            () -> {
              if (isDue()) { // else another process was faster
                done.set(tidy(retention.get()));
              }
            });
      }
    } catch (IOException e) {
      return Done.NOTHING; // after the next run then
    }
    return Objects.requireNonNull(done.get());
  }

  /** A mark from the time to come is one of a clock that was set back since. */
  private boolean isDue() throws IOException {
    if (!Files.isDirectory(mark.resolveSibling(""))) {
      return false;
    }
    if (!Files.exists(mark)) {
      return true;
    }
    var last = Files.getLastModifiedTime(mark).toInstant();
    return Duration.between(last, clock.now()).abs().compareTo(PAUSE) >= 0;
  }

  private Done tidy(RunRetention retention) throws IOException {
    var ended = runs.ended().toList(); // each of them is a file to read
    var removed = Set.copyOf(runs.prune(ended.stream(), retention));
    var until = clock.nanoTime() + PATIENCE.toNanos();
    var old = clock.now().minus(FRESH);
    var compressed = 0;
    var complete = true;
    for (var run : ended) {
      if (removed.contains(run.run()) || !run.started().isBefore(old)) {
        continue;
      }
      if (clock.nanoTime() - until > 0) {
        complete = false;
        break;
      }
      compressed += runs.compressed(run.run()) ? 1 : 0;
    }
    if (complete) {
      new PrivateFolder(mark.resolveSibling("")).file(String.valueOf(mark.getFileName()));
      Files.setLastModifiedTime(mark, FileTime.from(clock.now()));
    }
    return new Done(removed.size(), compressed, complete);
  }
}
