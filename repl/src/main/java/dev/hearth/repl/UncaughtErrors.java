package dev.hearth.repl;

import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.RunEvent;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Remembers that an error of a session was caught by nobody: a script that lost one has failed,
 * whatever its value.
 */
public final class UncaughtErrors implements Consumer<RunEvent> {
  private final Consumer<RunEvent> listener;
  private final AtomicReference<@Nullable ErrorReport> first = new AtomicReference<>();

  public UncaughtErrors(Consumer<RunEvent> listener) {
    this.listener = listener;
  }

  @Override
  public void accept(RunEvent event) {
    if (event instanceof RunEvent.Uncaught uncaught) {
      first.compareAndSet(null, uncaught.error());
    }
    listener.accept(event);
  }

  /** The exit status of what else ended with {@code status}. Ask when the session is closed. */
  public int status(int status) {
    var error = first.get();
    return status != 0 || error == null ? status : error.kind().exitStatus();
  }
}
