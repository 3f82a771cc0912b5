package dev.hearth.runtime.run;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a run has taken before it begins; all of it is let go when it cannot begin. */
final class Claim {
  private final Optional<RunLocks.Held> lock;
  private @Nullable Journal journal;
  private Consumer<Journal> end = Journal::close;

  Claim(Optional<RunLocks.Held> lock) {
    this.lock = lock;
  }

  /**
   * Takes the journal too.
   *
   * @param letGo what becomes of it when the run cannot begin
   */
  void take(Journal taken, Consumer<Journal> letGo) {
    journal = taken;
    end = letGo;
  }

  Optional<RunLocks.Held> lock() {
    return lock;
  }

  Journal journal() {
    return Objects.requireNonNull(journal, "it is taken right after the lock");
  }

  /** Lets all go because of {@code why}, which is what counts. */
  void letGo(Throwable why) {
    try {
      if (journal != null) {
        end.accept(journal);
      }
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    } finally {
      lock.ifPresent(RunLocks.Held::release);
    }
  }
}
