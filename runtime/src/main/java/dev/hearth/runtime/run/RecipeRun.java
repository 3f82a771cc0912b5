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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run from its first journal line to its last: the recipe, its steps, and their undo. */
public final class RecipeRun {
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
   */
  public record Plan(
      RecipeFile file,
      Path recipe,
      String hearth,
      String parametersJson,
      boolean simulated,
      Duration grace,
      @Nullable Duration timeout,
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
    this.steps = new Steps(journal, clock, voice, replay);
  }

  /** Runs it on the calling thread, which must be a platform thread. */
  public RunResult run() {
    try {
      return toItsEnd();
    } finally {
      lock.ifPresent(RunLocks.Held::release);
    }
  }

  private RunResult toItsEnd() {
    long began = clock.nanoTime();
    voice.accept(new RunEvent.Started(clock.now(), journal.run(), plan.name(), plan.simulated()));
    end.begin(voice, clock);
    replay
        .what()
        .ifPresent(it -> voice.accept(new RunEvent.TakenUp(clock.now(), it == TakeUp.UNDO)));
    var outcome = execute();
    var error = voice.masked(outcome.error());
    var how = steps.outcome(error == null ? null : error.kind());
    var value = outcome.value() == null ? null : journal.mask(outcome.value());
    var result =
        new RunResult(
            journal.run(),
            how.status(),
            error == null ? value : null,
            error,
            how.exitStatus(),
            Duration.ofNanos(clock.nanoTime() - began));
    permissions.close();
    end.tell(voice, clock);
    journal.finish(result, steps.isUndone());
    voice.accept(new RunEvent.Finished(clock.now(), result));
    return result;
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
    try (var passage = new Passage(plan, voice, bindings.get(), steps, next())) {
      if (replay.undoes()) {
        return Optional.of(passage.takeBack());
      }
      var outcome = passage.forward();
      var error = outcome.error();
      if (error == null) {
        return Optional.of(outcome);
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

  /** As another process would that resumes it. */
  private void goOn(RunTakeUp again) {
    again.secretsInResults().forEach(voice::redact);
    journal.takeUp(
        new JournalEntry.TakenUp(clock.now(), again.what(), plan.hearth(), ProcessMark.own()));
    voice.accept(new RunEvent.TakenUp(clock.now(), false));
    steps = new Steps(journal, clock, voice, again.replay());
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
