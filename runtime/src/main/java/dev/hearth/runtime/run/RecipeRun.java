package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest.OnError;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.engine.EngineError;
import dev.hearth.runtime.engine.OpTarget;
import dev.hearth.runtime.engine.RealmHost;
import dev.hearth.runtime.engine.RealmSetup;
import dev.hearth.runtime.engine.RecipeExecution;
import dev.hearth.runtime.engine.StepEffect;
import dev.hearth.runtime.module.BrokenImports;
import dev.hearth.runtime.module.RecipeFile;
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
  private final OpenBindings bindings;
  private final Clock clock;
  private volatile @Nullable RecipeExecution execution;
  private volatile @Nullable HearthException stopReason;
  private volatile boolean undoing;

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

  RecipeRun(
      Plan plan,
      Journal journal,
      PermissionLog permissions,
      RunVoice voice,
      OpenBindings bindings) {
    this.plan = plan;
    this.journal = journal;
    this.permissions = permissions;
    this.clock = plan.clock();
    this.voice = voice;
    this.steps = new Steps(journal, clock, voice);
    this.bindings = bindings;
  }

  /** Runs it on the calling thread, which must be a platform thread. */
  public RunResult run() {
    long began = clock.nanoTime();
    voice.accept(new RunEvent.Started(clock.now(), journal.run(), plan.name(), plan.simulated()));
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
    journal.finish(result);
    voice.accept(new RunEvent.Finished(clock.now(), result));
    return result;
  }

  private RecipeExecution.Outcome execute() {
    try (var it =
        new RecipeExecution(plan.realm(), this, plan.recipe(), plan.name(), plan.grace())) {
      it.load(plan.file().content());
      execution = it;
      var early = stopReason;
      if (early != null) {
        it.stop(early);
      }
      var alarm = startTimeout();
      var outcome = explained(it.run(plan.parametersJson()));
      alarm.ifPresent(Thread::interrupt);
      var error = outcome.error();
      return error == null || plan.onError() == OnError.STOP ? outcome : undo(it, error);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new RecipeExecution.Outcome(
          null, ErrorReport.of(new HearthException(EngineError.INTERRUPTED)));
    } finally {
      execution = null;
    }
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
   */
  private RecipeExecution.Outcome undo(RecipeExecution it, ErrorReport why)
      throws InterruptedException {
    undoing = true;
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
        error = error.also(failure);
      }
    }
    return new RecipeExecution.Outcome(null, error);
  }

  /**
   * Stops the recipe: its operations are rejected, its {@code finally} blocks run. Any thread.
   * Nothing happens while steps are being undone.
   */
  public void stop(HearthException reason) {
    if (undoing) {
      return;
    }
    stopReason = reason;
    var running = execution;
    if (running != null) {
      running.stop(reason);
    }
  }

  @Override
  public void printed(boolean error, String text) {
    voice.printed(error, text);
  }

  @Override
  public void logged(String level, String message, String fieldsJson) {
    voice.logged(level, plan.name(), message, fieldsJson);
  }

  @Override
  public OpTarget open(String binding, @Nullable String connectionJson) {
    return bindings.open(binding, connectionJson);
  }

  @Override
  public Object pure(String binding) {
    return bindings.pure(binding);
  }

  @Override
  public void stepBegan(String name, StepEffect effect) {
    steps.begin(name, effect);
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
    var running = execution;
    if (running == null || !running.isStopping()) {
      steps.failed(name, error);
    }
  }
}
