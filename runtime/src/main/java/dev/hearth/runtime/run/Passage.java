package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.engine.EngineError;
import dev.hearth.runtime.engine.Inspector;
import dev.hearth.runtime.engine.OpTarget;
import dev.hearth.runtime.engine.RealmHost;
import dev.hearth.runtime.engine.RecipeExecution;
import dev.hearth.runtime.engine.RecipeExecution.Outcome;
import dev.hearth.runtime.engine.StepEffect;
import dev.hearth.runtime.engine.StepEntry;
import dev.hearth.runtime.engine.StopRequest;
import dev.hearth.runtime.secret.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One way of the recipe through its run, in a JavaScript world of its own: to its end, or to the
 * steps that are to be undone, and then their undo. Confined to the thread that makes it.
 */
final class Passage implements RealmHost, AutoCloseable {
  private final RecipeRun.Plan plan;
  private final RunVoice voice;
  private final OpenBindings bindings;
  private final Steps steps;
  private final StopRequest request;
  private final RecipeExecution execution;
  private final Consumer<HearthException> stuck;
  private final MemoryWatch memory;

  /**
   * A way that begins.
   *
   * @param bindings closed with it
   * @param request stops it
   * @param stuck is told when nothing can
   */
  Passage(
      RecipeRun.Plan plan,
      RunVoice voice,
      OpenBindings bindings,
      Steps steps,
      StopRequest request,
      Consumer<HearthException> stuck) {
    this.plan = plan;
    this.stuck = stuck;
    this.voice = voice;
    this.bindings = bindings;
    this.steps = steps;
    this.request = request;
    this.execution =
        new RecipeExecution(plan.realm(), this, plan.recipe(), plan.name(), plan.grace(), request);
    execution.load(plan.file().content());
    this.memory = MemoryWatch.over(plan.memoryBytes(), request::stop);
  }

  @Override
  public void stuck(HearthException reason) {
    stuck.accept(reason);
  }

  Steps steps() {
    return steps;
  }

  /** Goes to the end of the recipe. */
  Outcome forward() throws InterruptedException {
    var alarm = startTimeout();
    var outcome = explained(execution.run(plan.parametersJson()));
    alarm.ifPresent(Thread::interrupt);
    return outcome;
  }

  /**
   * Undoes what other processes did: the recipe is needed only to come to the undo of its steps.
   */
  Outcome takeBack() throws InterruptedException {
    var alarm = startTimeout();
    var outcome = explained(execution.runUntil(steps::hasReachedAllToUndo, plan.parametersJson()));
    alarm.ifPresent(Thread::interrupt);
    var stopped = request.reason().filter(why -> why.kind() == ErrorKind.INTERRUPTED);
    if (stopped.isPresent()) {
      return failed(ErrorReport.of(stopped.get()));
    }
    if (steps.hasReachedAllToUndo()) {
      return failed(undo(null));
    }
    var notReached = ErrorReport.of(steps.undoNotReached());
    return failed(outcome.error() == null ? notReached : notReached.also(outcome.error()));
  }

  /** Undoes what was done, after a failure that came of it. */
  Outcome undoAfter(ErrorReport error) throws InterruptedException {
    return steps.hasReachedAllToUndo()
        ? failed(undo(error))
        : failed(error.also(ErrorReport.of(steps.undoNotReached())));
  }

  private static Outcome failed(@Nullable ErrorReport error) {
    return new Outcome(null, error);
  }

  private Outcome explained(Outcome outcome) {
    var error = outcome.error();
    return error == null
        ? outcome
        : failed(plan.imports().explain(error, plan.file(), plan.realm().bounds()));
  }

  private Optional<Thread> startTimeout() {
    return Optional.ofNullable(plan.timeout())
        .map(limit -> Thread.ofVirtual().name("hearth-timeout").start(() -> stopAfter(limit)));
  }

  private void stopAfter(Duration limit) {
    try {
      sleep(limit);
      request.stop(new HearthException(EngineError.TIMED_OUT, DurationText.format(limit)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the recipe ended in time
    }
  }

  /** The time in which a debugger holds the recipe is not the recipe's. */
  private void sleep(Duration limit) throws InterruptedException {
    var inspector = plan.realm().inspector();
    var slept = Duration.ZERO;
    for (var left = limit; left.isPositive(); ) {
      plan.clock().sleep(left);
      slept = slept.plus(left);
      left = limit.plus(inspector.map(Inspector::held).orElse(Duration.ZERO)).minus(slept);
    }
  }

  /**
   * Takes back what can be taken back, last first; one that fails does not stop the others. A stop
   * that comes now would leave behind what nobody names, so it is not heard.
   *
   * @param why the failure that leads to it; {@code null} when it was asked for
   * @return that failure with those of undo
   */
  private @Nullable ErrorReport undo(@Nullable ErrorReport why) throws InterruptedException {
    request.close();
    steps.endReplay();
    var names = steps.toUndo();
    var clock = plan.clock();
    if (!names.isEmpty()) {
      voice.accept(new RunEvent.Undoing(clock.now(), why));
    }
    var error = why;
    for (var step : names) {
      var failure = undoStep(step);
      if (failure != null) {
        error = error == null ? failure : error.also(failure);
      }
    }
    return error;
  }

  private @Nullable ErrorReport undoStep(String step) throws InterruptedException {
    try {
      steps.undoing(step);
      var failure = execution.undo(step);
      steps.undone(step, failure);
      return failure;
    } catch (HearthException e) { // nobody would know that it was undone
      return ErrorReport.of(e);
    }
  }

  @Override
  public void close() {
    try (bindings;
        memory) {
      execution.close();
    }
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
  public void listens(int principal, Consumer<String> ears) {
    bindings.ears().open(principal, ears);
  }

  @Override
  public Object pure(String binding) {
    return bindings.pure(binding);
  }

  @Override
  public Optional<String> failed(String where, Throwable bug) {
    return voice.failed(where, bug);
  }

  @Override
  public void secretKnown(Secret secret) {
    voice.redact(secret);
  }

  @Override
  public boolean isRecordDurable() {
    return steps.areDurable();
  }

  @Override
  public void makeRecordDurable() {
    steps.makeDurable();
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
  public void stepFinished(String name, @Nullable JsonNode result, @Nullable JsonNode handles) {
    steps.finished(name, result, handles);
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
