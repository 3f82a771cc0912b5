package dev.hearth.runtime.engine;

import dev.hearth.runtime.HearthException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The request to stop one run. Whoever asks first says why; it may be asked before anything runs,
 * and is not heard any more once the run is being undone. Safe for several threads.
 */
public final class StopRequest {
  private @Nullable HearthException reason;
  private @Nullable Consumer<HearthException> hearer;
  private boolean deaf;

  /** Asks for the stop. */
  public synchronized void stop(HearthException why) {
    if (reason != null || deaf) {
      return;
    }
    reason = why;
    if (hearer != null) {
      hearer.accept(why);
    }
  }

  /** Why it was asked for; empty when it was not. */
  public synchronized Optional<HearthException> reason() {
    return Optional.ofNullable(reason);
  }

  /** Who is to be told, once, and at once when it was asked for already. Must not block. */
  public synchronized void tell(Consumer<HearthException> who) {
    hearer = who;
    if (reason != null) {
      who.accept(reason);
    }
  }

  /** From now on nobody can ask for it. */
  public synchronized void close() {
    deaf = true;
  }
}
