package dev.hearth.runtime.spi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A source of items that a recipe reads with {@code for await}. It is pulled: nothing is read ahead
 * of the recipe, so a slow recipe slows the source.
 *
 * @param <T> a record, a collection, a {@code JsonNode}, or {@code byte[]} of at most 64 KiB
 */
public interface OpStream<T> extends AutoCloseable {
  /** Blocks for the next item; {@code null} at the end. */
  @Nullable T next() throws InterruptedException;

  /** What is known as soon as it opens, such as the head of an answer; for our own facades. */
  default Optional<Object> head() {
    return Optional.empty();
  }

  /** Called once, when the recipe leaves the loop, the stream ends or the run is over. */
  @Override
  void close();
}
