package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Layers on their way between an engine and a registry, or into an engine. */
final class LayerWork<R> implements EngineWork<LayerProgress.Snapshot, R> {
  /** That more bytes came is told no more often. */
  private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

  private final Engine engine;
  private final EngineMessages messages;
  private final Function<String, HearthException> failure;
  private final Supplier<R> result;
  private final LayerProgress progress = new LayerProgress();
  private final Consumer<JsonNode> listener;
  private long toldNanos;

  /**
   * Begins it.
   *
   * @param failure what the engine's words for a failure half-way mean
   * @param result asked for when it is done
   */
  LayerWork(
      Engine engine,
      EngineCall call,
      Function<String, HearthException> failure,
      Supplier<R> result) {
    this(engine, call, failure, result, message -> {});
  }

  /**
   * Begins it.
   *
   * @param listener hears every message
   */
  LayerWork(
      Engine engine,
      EngineCall call,
      Function<String, HearthException> failure,
      Supplier<R> result,
      Consumer<JsonNode> listener) {
    this.listener = listener;
    this.engine = engine;
    this.messages = EngineMessages.of(engine, call);
    this.failure = failure;
    this.result = result;
    this.toldNanos = engine.clock().nanoTime();
  }

  @Override
  public LayerProgress.@Nullable Snapshot next() {
    for (var message = messages.next(); message != null; message = messages.next()) {
      requireGood(message);
      listener.accept(message);
      var now = engine.clock().nanoTime();
      if (progress.isNews(message) || now - toldNanos > PAUSE_NANOS) {
        toldNanos = now;
        return progress.snapshot();
      }
    }
    return null;
  }

  /** An engine answers 200 before it begins, and says in the stream what went wrong. */
  private void requireGood(JsonNode message) {
    var words = EngineMessages.failure(message);
    if (words != null) {
      throw failure.apply(words);
    }
  }

  @Override
  public R result() {
    return result.get();
  }

  @Override
  public void close() {
    messages.close();
  }
}
