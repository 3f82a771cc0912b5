package dev.hearth.runtime.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a facade holds after `open`: one binding with one connection. Everything is on the loop
 * thread but {@link Prepared#perform}.
 */
public interface OpTarget {
  /** The binding's name, for messages. */
  String binding();

  /**
   * Decodes the argument, resolves the connection and checks the intent, all without touching the
   * world. Fails with a {@link dev.hearth.runtime.HearthException}, which rejects the promise.
   */
  Prepared prepare(String op, @Nullable String argumentJson, byte @Nullable [] bytes);

  /** An operation that may begin. */
  @FunctionalInterface
  interface Prepared {
    /** The blocking body; called once, on a virtual thread, interrupted to cancel it. */
    @Nullable Object perform() throws Throwable;
  }
}
