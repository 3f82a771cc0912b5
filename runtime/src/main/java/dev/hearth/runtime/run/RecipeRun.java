package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest.OnError;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.TakeUp;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.engine.EngineError;
import dev.hearth.runtime.engine.OpTarget;
import dev.hearth.runtime.engine.RealmHost;
import dev.hearth.runtime.engine.RealmSetup;
import dev.hearth.runtime.engine.RecipeExecution;
import dev.hearth.runtime.engine.StepEffect;
import dev.hearth.runtime.engine.StepEntry;
import dev.hearth.runtime.engine.StopRequest;
import dev.hearth.runtime.module.BrokenImports;
import dev.hearth.runtime.module.RecipeFile;
import dev.hearth.runtime.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run from its first journal line to its last: the recipe, its steps, and their undo. */
public final class RecipeRun implements RealmHost {
  private final Plan plan;
  private final Journal journal;
  private final PermissionLog permissions;
  private final Steps steps;
  private final RunVoice voice;
  private final Diagnosis.End end;
  private final OpenBindings bindings;
  private final Clock clock;
  private final Optional<TakeUp> takeUp;
  private final Optional<RunLocks.Held> lock;
  private final StopRequest request = new StopRequest();

  /**
   * What is to be run.
   *
   * @param file the recipe as it was read and granted
   * @param recipe where it stands, absolute
   * @param parametersJson validated parameters, a JSON object
   * @param grace how long {@code finally} blocks may take after a stop
   * @param timeout how long the recipe may take; {@code null} for any time
   */
  public record Plan(
      RecipeFile file,
      Path recipe,
      String parametersJson,
      boolean simulated,
      OnError onError,
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
   * @param replay what other processes did of it
   * @param lock what it holds until it ends
   */
  RecipeRun(
      Plan plan,
      Journal journal,
      PermissionLog permissions,
      RunVoice voice,
      Diagnosis.End end,
      OpenBindings bindings,
      Replay replay,
      Optional<RunLocks.Held> lock) {
    this.plan = plan;
    this.takeUp = replay.what();
    this.lock = lock;
    this.journal = journal;
    this.permissions = permissions;
    this.clock = plan.clock();
    this.voice = voice;
    this.end = end;
    this.steps = new Steps(journal, clock, voice, replay);
    this.bindings = bindings;
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
    end.timekeeper().prepared();
    voice.accept(new RunEvent.Started(clock.now(), journal.run(), plan.name(), plan.simulated()));
    takeUp.ifPresent(what -> voice.accept(new RunEvent.TakenUp(clock.now(), what == TakeUp.UNDO)));
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

  private RecipeExecution.Outcome execute() {
    try (bindings;
        var it =
            new RecipeExecution(
                plan.realm(), this, plan.recipe(), plan.name(), plan.grace(), request)) {
      it.load(plan.file().content());
      var alarm = startTimeout();
      var outcome = takeUp.equals(Optional.of(TakeUp.UNDO)) ? takeBack(it) : forward(it);
      alarm.ifPresent(Thread::interrupt);
      return outcome;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(ErrorReport.of(new HearthException(EngineError.INTERRUPTED)));
    }
  }

  private static RecipeExecution.Outcome failed(@Nullable ErrorReport error) {
    return new RecipeExecution.Outcome(null, error);
  }

  private RecipeExecution.Outcome forward(RecipeExecution it) throws InterruptedException {
    var outcome = explained(it.run(plan.parametersJson()));
    var error = outcome.error();
    if (error == null || plan.onError() == OnError.STOP) {
      return outcome;
    }
    return steps.hasReachedAllToUndo()
        ? failed(undo(it, error))
        : failed(error.also(ErrorReport.of(steps.undoNotReached())));
  }

  /**
   * Undoes what other processes did: the recipe is needed only to come to the undo of its steps.
   */
  private RecipeExecution.Outcome takeBack(RecipeExecution it) throws InterruptedException {
    var outcome = explained(it.runUntil(steps::hasReachedAllToUndo, plan.parametersJson()));
    var stopped = request.reason().filter(why -> why.kind() == ErrorKind.INTERRUPTED);
    if (stopped.isPresent()) {
      return failed(ErrorReport.of(stopped.get()));
    }
    if (steps.hasReachedAllToUndo()) {
      return failed(undo(it, null));
    }
    var notReached = ErrorReport.of(steps.undoNotReached());
    return failed(outcome.error() == null ? notReached : notReached.also(outcome.error()));
  }

  private RecipeExecution.Outcome explained(RecipeExecution.Outcome outcome) {
    var error = outcome.error();
    if (error == null) {
      return outcome;
    }
    var realm = plan.realm();
    return new RecipeExecution.Outcome(
        null, plan.imports().explain(error, plan.file(), realm.bounds()));
  }

  private Optional<Thread> startTimeout() {
    return Optional.ofNullable(plan.timeout())
        .map(limit -> Thread.ofVirtual().name("hearth-timeout").start(() -> stopAfter(limit)));
  }

  private void stopAfter(Duration limit) {
    try {
      clock.sleep(limit);
      stop(new HearthException(EngineError.TIMED_OUT, DurationText.format(limit)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the run ended in time
    }
  }

  /**
   * Takes back what can be taken back, last first; one that fails does not stop the others. A stop
   * that comes now would leave behind what nobody names, so it is not heard.
   *
   * @param why the failure that leads to it; {@code null} when it was asked for
   * @return that failure with those of undo
   */
  private @Nullable ErrorReport undo(RecipeExecution it, @Nullable ErrorReport why)
      throws InterruptedException {
    request.close();
    steps.endReplay();
    var names = steps.toUndo();
    if (!names.isEmpty()) {
      voice.accept(new RunEvent.Undoing(clock.now(), why));
    }
    var error = why;
    for (var step : names) {
      voice.accept(new RunEvent.StepUndoing(clock.now(), step));
      var failure = it.undo(step);
      steps.undone(step, failure);
      if (failure != null) {
        error = error == null ? failure : error.also(failure);
      }
    }
    return error;
  }

  /**
   * Stops the recipe: its operations are rejected, its {@code finally} blocks run. Any thread.
   * Nothing happens while steps are being undone.
   */
  public void stop(HearthException reason) {
    request.stop(reason);
  }

  /** What was said before is not said again. */
  @Override
  public void printed(boolean error, String text) {
    if (!steps.isReplaying()) {
      voice.printed(error, text);
    }
  }

  @Override
  public void logged(String level, String message, String fieldsJson) {
    if (!steps.isReplaying()) {
      voice.logged(level, plan.name(), message, fieldsJson);
    }
  }

  @Override
  public OpTarget open(int principal, String binding, @Nullable String connectionJson) {
    return bindings.open(principal, binding, connectionJson, steps::refuseChange);
  }

  @Override
  public Object pure(String binding) {
    return bindings.pure(binding);
  }

  @Override
  public void secretKnown(Secret secret) {
    voice.redact(secret);
  }

  @Override
  public StepEntry stepBegan(String name, StepEffect effect, boolean findable) {
    return steps.begin(name, effect, findable);
  }

  @Override
  public void stepNotFound(String name) {
    steps.notFound(name);
  }

  @Override
  public void stepFindFailed(String name, ErrorReport error) {
    steps.findFailed(name, error);
  }

  @Override
  public void stepFinished(String name, @Nullable JsonNode result) {
    steps.finished(name, result);
  }

  @Override
  public void stepUnrecorded(String name, ErrorReport error) {
    steps.unrecorded(name, error);
  }

  /** A step that a stop cut off stays open: nobody knows how far it came. */
  @Override
  public void stepFailed(String name, ErrorReport error) {
    if (request.reason().isEmpty()) {
      steps.failed(name, error);
    }
  }
}
