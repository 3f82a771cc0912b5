package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.Evaluation;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.engine.OpTarget;
import dev.hearth.runtime.engine.RealmHost;
import dev.hearth.runtime.engine.RealmSetup;
import dev.hearth.runtime.engine.SessionExecution;
import dev.hearth.runtime.engine.StepEffect;
import dev.hearth.runtime.engine.StepEntry;
import dev.hearth.runtime.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A session: a realm without a recipe, a journal or steps. */
public final class LiveSession implements RealmHost, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(300);

  private final RunVoice voice;
  private final Diagnosis.End end;
  private final Clock clock;
  private final OpenBindings bindings;
  private final SessionExecution execution;

  LiveSession(RealmSetup setup, RunVoice voice, Diagnosis.End end, OpenBindings bindings) {
    this.voice = voice;
    this.end = end;
    this.clock = setup.clock();
    setup.timekeeper().prepared();
    this.bindings = bindings;
    this.execution = new SessionExecution(setup, this, voice::uncaught);
  }

  public Evaluation evaluate(String typed, String source) throws InterruptedException {
    var evaluated = execution.evaluate(typed, source);
    var text = evaluated.text();
    var value = evaluated.value();
    return new Evaluation(
        text == null ? null : voice.masked(text),
        value == null ? null : voice.masked(value),
        evaluated.exact(),
        voice.masked(evaluated.error()));
  }

  public void interrupt() {
    execution.interrupt();
  }

  public List<String> globals() {
    return soon(execution.members(List.of()));
  }

  public List<String> members(List<String> chain) {
    return soon(execution.members(chain));
  }

  /** Whoever presses a key does not wait for what the session is busy with. */
  private static List<String> soon(CompletableFuture<List<String>> names) {
    return names.completeOnTimeout(List.of(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  @Override
  public void printed(boolean error, String text) {
    voice.printed(error, text);
  }

  @Override
  public void logged(String level, String message, String fieldsJson) {
    voice.logged(level, "session", message, fieldsJson);
  }

  @Override
  public OpTarget open(int principal, String binding, @Nullable String connectionJson) {
    return bindings.open(principal, binding, connectionJson, op -> {});
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
  public StepEntry stepBegan(String name, StepEffect effect, boolean findable) {
    throw new HearthException(RunError.NO_STEPS, name);
  }

  @Override
  public void stepNotFound(String name) {
    throw new HearthException(RunError.NO_STEPS, name);
  }

  @Override
  public void stepFindFailed(String name, ErrorReport error) {
    throw new HearthException(RunError.NO_STEPS, name);
  }

  @Override
  public void stepFinished(String name, @Nullable JsonNode result, @Nullable JsonNode handles) {
    throw new HearthException(RunError.NO_STEPS, name);
  }

  @Override
  public void stepFailed(String name, ErrorReport error) {
    throw new HearthException(RunError.NO_STEPS, name);
  }

  @Override
  public void stepUnrecorded(String name, ErrorReport error) {
    throw new HearthException(RunError.NO_STEPS, name);
  }

  @Override
  public void close() {
    execution.close();
    bindings.close();
    end.tell(voice, clock);
  }
}
