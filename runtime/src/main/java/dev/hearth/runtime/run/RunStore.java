package dev.hearth.runtime.run;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.TakeUp;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.secret.Redaction;
import dev.hearth.runtime.storage.AppendFile;
import dev.hearth.runtime.storage.Compressed;
import dev.hearth.runtime.storage.Exclusive;
import dev.hearth.runtime.storage.PrivateFolder;
import dev.hearth.runtime.storage.ProcessMark;
import dev.hearth.runtime.storage.TornLines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All runs of this user, one folder each. Safe for several threads and processes. */
public final class RunStore {
  private static final String JOURNAL = "journal.jsonl";
  private static final Set<RunState> ENDED_WHOLE =
      Set.of(RunState.DONE, RunState.FAILED, RunState.UNDONE);
  private static final int MOST_NAMED = 5;

  private final PrivateFolder runs;
  private final Clock clock;
  private final SecretSeal seal;

  /**
   * The runs in a state folder, without the secrets in their journals.
   *
   * @param state the state folder; it is made with the first run
   */
  public RunStore(Path state, Clock clock) {
    this(state, clock, SecretSeal.NONE);
  }

  /**
   * The runs in a state folder.
   *
   * @param seal keeps the secrets in their journals
   */
  public RunStore(Path state, Clock clock, SecretSeal seal) {
    this.runs = new PrivateFolder(state).in("runs");
    this.clock = clock;
    this.seal = seal;
  }

  SecretSeal seal() {
    return seal;
  }

  /** A new run, with its id and the first line of its journal. */
  public Journal create(RunStart start, Redaction redaction, RunLimits limits) {
    var folder = newFolder();
    var id = String.valueOf(folder.path().getFileName());
    var path = folder.path().resolve(JOURNAL);
    AppendFile file;
    try {
      file = AppendFile.create(folder, JOURNAL);
    } catch (IOException e) {
      runs.remove(id);
      throw notWritten(path, e);
    }
    var journal = new Journal(id, path, file, redaction, clock, limits, seal);
    try {
      journal.begin(new JournalEntry.Started(clock.now(), id, start, ProcessMark.own()));
    } catch (HearthException e) {
      discard(journal);
      throw e;
    }
    return journal;
  }

  /** Forgets a run of which nothing has happened. */
  void discard(Journal journal) {
    journal.close();
    runs.remove(journal.run());
  }

  /**
   * Goes on with the journal of a run that no other process has.
   *
   * @throws HearthException {@code run.running} when one has; whoever comes first has it
   */
  Journal takeUp(
      RunRecord record, TakeUp what, String hearth, Redaction redaction, RunLimits limits) {
    var folder = runs.in(record.run());
    var path = path(record.run());
    var entry = new JournalEntry.TakenUp(clock.now(), what, hearth, ProcessMark.own());
    var taken = new AtomicReference<@Nullable Journal>();
    try {
      Exclusive.holding(
          path,
          () -> {
            refuseRunning(record(record.run()), record.bytes());
            Compressed.restore(path);
            Compressed.restore(path.resolveSibling(PermissionLog.NAME));
            var file = AppendFile.reopen(folder, JOURNAL);
            var journal = new Journal(record.run(), path, file, redaction, clock, limits, seal);
            journal.takeUp(entry);
            taken.set(journal);
          });
    } catch (IOException e) {
      throw notWritten(path, e);
    }
    return Objects.requireNonNull(taken.get());
  }

  private static void refuseRunning(RunRecord now, long known) {
    if (now.bytes() != known || isRunning(now.run(), now.owner(), now.end().isPresent())) {
      throw new HearthException(RunError.RUNNING, now.run(), now.owner().pid());
    }
  }

  /** Whether a run's journal is still being written: by this process, or by another that lives. */
  static boolean isRunning(String run, ProcessMark owner, boolean ended) {
    return !ended && (owner.equals(ProcessMark.own()) ? Journal.isWrittenHere(run) : owner.alive());
  }

  /**
   * What is known of a run that is to be taken up.
   *
   * @param id the whole id
   * @throws HearthException {@code run.running}, or {@code run.journal-damaged} when it does not
   *     tell what was done
   */
  RunRecord record(String id) {
    var replay = new JournalReplay();
    try {
      var bytes =
          lines(id).forEach(line -> replay.line(line.number(), line.text(), line.complete()));
      return replay
          .record(id, bytes)
          .filter(record -> record.problems().isEmpty())
          .orElseThrow(() -> new HearthException(RunError.JOURNAL_DAMAGED, id));
    } catch (IOException e) {
      throw notRead(path(id), e);
    }
  }

  /** As {@link #record}; refuses one that is running. */
  RunRecord recordOfEnded(String id) {
    var record = record(id);
    refuseRunning(record, record.bytes());
    return record;
  }

  private PrivateFolder newFolder() {
    Optional<PrivateFolder> folder;
    do {
      folder = runs.createNew(RunId.create(clock.now(), ThreadLocalRandom.current()));
    } while (folder.isEmpty());
    return folder.get();
  }

  /**
   * The latest runs, newest first. Reads two lines of each run's journal and nothing of older runs.
   */
  public List<RunSummary> list(int atMost) {
    return ids().limit(atMost).map(this::summary).toList();
  }

  /** Newest first; looks at no folder before it is asked for. */
  private Stream<String> ids() {
    return runs.names().stream()
        .filter(RunId::is)
        .sorted(Comparator.reverseOrder())
        .filter(runs::hasFolder);
  }

  /**
   * The id that {@code typed} stands for: the whole of it, its begin, or its last four characters.
   *
   * @throws HearthException {@code run.not-found}, {@code run.ambiguous}
   */
  public String find(String typed) {
    var fitting = ids().filter(id -> RunId.fits(id, typed)).toList();
    if (fitting.isEmpty()) {
      throw new HearthException(RunError.NOT_FOUND, typed);
    }
    if (fitting.size() > 1) {
      var some = fitting.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
      throw new HearthException(RunError.AMBIGUOUS, typed, fitting.size(), some)
          .with("runs", fitting.stream().limit(100).toList());
    }
    return fitting.getFirst();
  }

  /** All about one run; {@code typed} as in {@link #find}. */
  public RunDetails show(String typed) {
    var id = find(typed);
    var summary = summary(id);
    var replay = new JournalReplay();
    try {
      lines(id).forEach(line -> replay.line(line.number(), line.text(), line.complete()));
    } catch (IOException e) {
      throw notRead(path(id), e);
    }
    return replay.details(summary, Compressed.place(path(id)));
  }

  /**
   * Removes old runs that have ended with nothing left half-way; those that can be resumed, run or
   * cannot be read stay.
   *
   * @return the runs that were removed, newest first
   */
  public List<String> prune(RunRetention retention) {
    return prune(ended(), retention);
  }

  /** The same where {@link #ended} was asked for already. */
  List<String> prune(Stream<RunSummary> ended, RunRetention retention) {
    var before = clock.now().minus(retention.keepFor());
    return ended
        .skip(retention.keep())
        .filter(run -> run.started().isBefore(before))
        .map(RunSummary::run)
        .filter(this::removed)
        .toList();
  }

  /** The runs that have ended with nothing left half-way, newest first. */
  Stream<RunSummary> ended() {
    return ids().map(this::summary).filter(RunStore::isEndedWhole);
  }

  private static boolean isEndedWhole(RunSummary run) {
    return ENDED_WHOLE.contains(run.state());
  }

  /** Removes a run, unless somebody took it up meanwhile. */
  private boolean removed(String id) {
    return whileNobodyTakesUp(id, () -> runs.remove(id));
  }

  /** Compresses what a run wrote, unless somebody took it up meanwhile. */
  boolean compressed(String id) {
    return Compressed.place(path(id)).equals(path(id))
        && whileNobodyTakesUp(
            id,
            () -> {
              Compressed.compress(path(id).resolveSibling(PermissionLog.NAME));
              Compressed.compress(path(id));
            });
  }

  private boolean whileNobodyTakesUp(String id, Exclusive.Change change) {
    var done = new AtomicBoolean();
    try {
      Exclusive.holding(
          path(id),
          () -> {
            if (isEndedWhole(summary(id))) {
              change.apply();
              done.set(true);
            }
          });
    } catch (IOException e) {
      throw notWritten(path(id), e);
    }
    return done.get();
  }

  /** All that a run has logged. */
  public void readLog(String id, Consumer<RunEvent.Logged> reader) {
    try {
      new RunLog(id, path(id), reader).read();
    } catch (IOException e) {
      throw notRead(path(id), e);
    }
  }

  /** All that a run has logged and will log, until it is over or its process is gone. */
  public void followLog(String id, Consumer<RunEvent.Logged> reader) throws InterruptedException {
    try {
      new RunLog(id, path(id), reader).follow(clock);
    } catch (IOException e) {
      throw notRead(path(id), e);
    }
  }

  private static HearthException notRead(Path path, IOException e) {
    return new HearthException(RunError.JOURNAL_NOT_READ, path)
        .with("reason", String.valueOf(e.getMessage()))
        .causedBy(e);
  }

  private static HearthException notWritten(Path path, IOException e) {
    return new HearthException(RunError.JOURNAL_NOT_WRITTEN, path)
        .with("reason", String.valueOf(e.getMessage()))
        .causedBy(e);
  }

  /** What one run used and was refused; {@code typed} as in {@link #find}. */
  public UsedPermissions permissions(String typed) {
    return UsedPermissions.beside(path(find(typed)));
  }

  private Path path(String id) {
    return runs.in(id).path().resolve(JOURNAL);
  }

  private TornLines lines(String id) {
    return new TornLines(path(id));
  }

  private RunSummary summary(String id) {
    try {
      if (entry(lines(id).first()) instanceof JournalEntry.Started started) {
        // In this order: a run that ends between the two looks is then still seen as running.
        var alive = isRunning(id, started.process(), false);
        var last = entry(lines(id).last());
        if (last instanceof JournalEntry.Finished finished) {
          return ended(id, started, finished);
        }
        alive = alive || isRunning(id, lastOwner(id), false);
        return unended(id, started, alive ? RunState.RUNNING : RunState.CRASHED);
      }
      return unreadable(id);
    } catch (IOException e) {
      return unreadable(id);
    }
  }

  /** Who took the run up last; the whole journal is read for it, which few crashed runs need. */
  private ProcessMark lastOwner(String id) throws IOException {
    var replay = new JournalReplay();
    lines(id).forEach(line -> replay.line(line.number(), line.text(), line.complete()));
    return replay.record(id, 0).orElseThrow().owner();
  }

  private static @Nullable JournalEntry entry(Optional<TornLines.Line> line) {
    try {
      return line.isPresent() && line.get().complete()
          ? JournalFormat.read(line.get().text())
          : null;
    } catch (JournalFormat.NotAnEntry e) {
      return null; // what is wrong with it is told by show()
    }
  }

  private static RunSummary ended(
      String id, JournalEntry.Started started, JournalEntry.Finished finished) {
    var state =
        switch (finished.status()) {
          case DONE -> RunState.DONE;
          case FAILED -> finished.undone() ? RunState.UNDONE : RunState.FAILED;
          case STOPPED -> RunState.STOPPED;
          case UNDONE -> RunState.UNDONE;
        };
    return new RunSummary(
        id,
        started.start().recipe(),
        state,
        started.start().simulated(),
        started.time(),
        finished.time(),
        finished.duration(),
        finished.exitStatus(),
        finished.error() == null ? null : finished.error().code());
  }

  private static RunSummary unended(String id, JournalEntry.Started started, RunState state) {
    return new RunSummary(
        id,
        started.start().recipe(),
        state,
        started.start().simulated(),
        started.time(),
        null,
        null,
        null,
        null);
  }

  private static RunSummary unreadable(String id) {
    var started = RunId.time(id).orElse(Instant.EPOCH);
    return new RunSummary(id, "", RunState.UNREADABLE, false, started, null, null, null, null);
  }
}
