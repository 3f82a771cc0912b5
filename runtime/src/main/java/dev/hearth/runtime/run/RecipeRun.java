package dev.hearth.runtime.run;

import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.TakeUp;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.engine.EngineError;
import dev.hearth.runtime.engine.RealmSetup;
import dev.hearth.runtime.engine.RecipeExecution.Outcome;
import dev.hearth.runtime.engine.StopRequest;
import dev.hearth.runtime.module.BrokenImports;
import dev.hearth.runtime.module.RecipeFile;
import dev.hearth.runtime.run.FailurePrompt.Answer;
import dev.hearth.runtime.storage.ProcessMark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run from its first journal line to its last: the recipe, its steps, and their undo. */
public final class RecipeRun {
  private static final AtomicBoolean LEFT_THREADS = new AtomicBoolean();

  private final Plan plan;
  private final Journal journal;
  private final PermissionLog permissions;
  private final RunVoice voice;
  private final Diagnosis.End end;
  private final Supplier<OpenBindings> bindings;
  private final Replay replay;
  private final AfterFailure afterFailure;
  private final Optional<RunLocks.Held> lock;
  private final Clock clock;
  private Steps steps;
  private final AtomicBoolean over = new AtomicBoolean();
  private final CompletableFuture<RunResult> givenUp = new CompletableFuture<>();
  private final long began;
  private @Nullable Ears ears; // of the passage that goes on; confined to its thread

  // Guarded by `this`.
  private StopRequest request = new StopRequest();
  private @Nullable HearthException interruption;

  /**
   * What is to be run.
   *
   * @param file the recipe as it was read and granted
   * @param recipe where it stands, absolute
   * @param hearth the version of Hearth
   * @param parametersJson validated parameters, a JSON object
   * @param grace how long {@code finally} blocks may take after a stop
   * @param timeout how long the recipe may take; {@code null} for any time
   * @param memoryBytes how much of the heap may be in use
   */
  public record Plan(
      RecipeFile file,
      Path recipe,
      String hearth,
      String parametersJson,
      boolean simulated,
      Duration grace,
      @Nullable Duration timeout,
      long memoryBytes,
      RealmSetup realm,
      BrokenImports imports,
      Clock clock) {
    String name() {
      return file.path().toString();
    }
  }

  /**
   * A run.
   *
   * @param journal with this process's first line
   * @param end tells what there is to tell when the recipe is over
   * @param bindings makes those of one passage of the recipe
   * @param replay what other processes did of it
   * @param lock what it holds until it ends
   */
  RecipeRun(
      Plan plan,
      Journal journal,
      PermissionLog permissions,
      RunVoice voice,
      Diagnosis.End end,
      Supplier<OpenBindings> bindings,
      Replay replay,
      AfterFailure afterFailure,
      Optional<RunLocks.Held> lock) {
    this.plan = plan;
    this.replay = replay;
    this.lock = lock;
    this.journal = journal;
    this.permissions = permissions;
    this.clock = plan.clock();
    this.voice = voice;
    this.end = end;
    this.bindings = bindings;
    this.afterFailure = afterFailure;
    this.began = clock.nanoTime();
    this.steps = new Steps(journal, clock, this::tell, replay);
    journal.whenBroken(this::stop);
  }

  /** Runs it on the calling thread, which must be a platform thread. */
  public RunResult run() {
    try {
      return toItsEnd();
    } finally {
      if (!givenUp.isDone()) {
        release();
      }
    }
  }

  private void release() {
    journal.close();
    lock.ifPresent(RunLocks.Held::release);
  }

  /** How it ended where its thread cannot be: it was left within a step of the engine. */
  public CompletableFuture<RunResult> givenUp() {
    return givenUp;
  }

  /** Whether the thread of any run of this process was left to itself. */
  public static boolean leftThreads() {
    return LEFT_THREADS.get();
  }

  /** Ends the run, from another thread, without the recipe's. */
  private void giveUp(HearthException reason) {
    if (over.compareAndSet(false, true)) {
      LEFT_THREADS.set(true);
      var why = ErrorReport.of(reason);
      var also = ErrorReport.of(new HearthException(EngineError.STUCK));
      try {
        givenUp.complete(ended(new Outcome(null, why.also(also))));
      } catch (Throwable e) { // whoever waits for the run gets it
        givenUp.completeExceptionally(e);
      } finally {
        release();
      }
    }
  }

  private RunResult toItsEnd() {
    voice.accept(new RunEvent.Started(clock.now(), journal.run(), plan.name(), plan.simulated()));
    end.begin(voice, clock);
    replay
        .what()
        .ifPresent(it -> voice.accept(new RunEvent.TakenUp(clock.now(), it == TakeUp.UNDO)));
    var outcome = execute();
    if (!over.compareAndSet(false, true)) {
      return givenUp.join(); // this thread came to an end after all, and changes nothing any more
    }
    return ended(outcome);
  }

  private RunResult ended(Outcome how) {
    var outcome = recorded(how);
    var result = result(outcome, began);
    end.tell(voice, clock);
    try {
      journal.finish(result, steps.isUndone());
    } catch (HearthException e) { // to the next process it is a run that was killed
      result = result(recorded(outcome), began);
    }
    voice.accept(new RunEvent.Finished(clock.now(), result));
    return result;
  }

  /** How the run ended, with what could not be written of it. */
  private Outcome recorded(Outcome outcome) {
    var lost = journal.failure().or(this::closePermissions).map(ErrorReport::of);
    var error = outcome.error();
    if (lost.isEmpty() || (error != null && tells(error, lost.get()))) {
      return outcome;
    }
    return new Outcome(null, error == null ? lost.get() : error.also(lost.get()));
  }

  private static boolean tells(ErrorReport error, ErrorReport lost) {
    return error.code().equals(lost.code())
        || error.also().stream().anyMatch(it -> tells(it, lost));
  }

  private Optional<HearthException> closePermissions() {
    try {
      permissions.close();
      return Optional.empty();
    } catch (HearthException e) {
      return Optional.of(e);
    }
  }

  private RunResult result(Outcome outcome, long began) {
    var error = voice.masked(outcome.error());
    var how = steps.outcome(error == null ? null : error.kind());
    var value = outcome.value() == null ? null : journal.mask(outcome.value());
    return new RunResult(
        journal.run(),
        how.status(),
        error == null ? value : null,
        error,
        how.exitStatus(),
        Duration.ofNanos(clock.nanoTime() - began));
  }

  private Outcome execute() {
    try {
      var again = passage();
      while (again.isEmpty()) {
        again = passage();
      }
      return again.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(null, ErrorReport.of(new HearthException(EngineError.INTERRUPTED)));
    }
  }

  /** Lets the recipe run once; empty when it is to run again. */
  private Optional<Outcome> passage() throws InterruptedException {
    RunTakeUp again;
    var open = bindings.get();
    ears = open.ears();
    try (var passage = new Passage(plan, voice, open, steps, next(), this::giveUp)) {
      if (replay.undoes()) {
        return Optional.of(passage.takeBack());
      }
      var outcome = passage.forward();
      var error = outcome.error();
      if (error == null || journal.failure().isPresent()) {
        return Optional.of(outcome); // what is not recorded is not undone either
      }
      var decision = afterFailure.decide(steps, error, next());
      if (decision.answer() != Answer.RETRY) {
        return Optional.of(decision.answer() == Answer.UNDO ? passage.undoAfter(error) : outcome);
      }
      again = decision.again().orElseThrow();
    }
    goOn(again);
    return Optional.empty();
  }

  /** What becomes of a step is also an event that the recipe can listen to. */
  private void tell(RunEvent event) {
    voice.accept(event);
    if (ears != null) {
      ears.hear(event);
    }
  }

  /** As another process would that resumes it. */
  private void goOn(RunTakeUp again) {
    again.secretsInResults().forEach(voice::redact);
    journal.takeUp(
        new JournalEntry.TakenUp(clock.now(), again.what(), plan.hearth(), ProcessMark.own()));
    voice.accept(new RunEvent.TakenUp(clock.now(), false));
    steps = new Steps(journal, clock, this::tell, again.replay());
  }

  /** Whom a stop reaches from now on; one that came before is heard at once. */
  private synchronized StopRequest next() {
    request = new StopRequest();
    if (interruption != null) {
      request.stop(interruption);
    }
    return request;
  }

  /**
   * Stops the recipe: its operations are rejected, its {@code finally} blocks run. Any thread.
   * Nothing happens while steps are being undone.
   */
  public synchronized void stop(HearthException reason) {
    if (reason.kind() == ErrorKind.INTERRUPTED) {
      interruption = reason;
    }
    request.stop(reason);
  }
}
