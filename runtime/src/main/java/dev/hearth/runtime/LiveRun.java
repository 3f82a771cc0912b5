package dev.hearth.runtime;

import dev.hearth.runtime.engine.EngineError;
import dev.hearth.runtime.run.RecipeRun;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A run that has begun, on a thread of its own. */
public final class LiveRun {
  /** Deep recursion is a recipe's error at a depth that people write on purpose. */
  private static final long STACK_BYTES = 16L << 20;

  private final RecipeRun run;
  private final Runnable afterwards;
  private final CompletableFuture<RunResult> result = new CompletableFuture<>();

  LiveRun(RecipeRun run, Runnable afterwards) {
    this.run = run;
    this.afterwards = afterwards;
    // A platform thread: the engine does not run on virtual ones.
    var _ = run.givenUp().whenComplete(this::leave);
    new Thread(null, this::execute, "hearth-run", STACK_BYTES).start();
  }

  private void execute() {
    try {
      result.complete(runThen());
    } catch (Throwable e) { // whoever waits gets it, whatever it is
      result.completeExceptionally(e);
    }
  }

  /** What ends with the run, ends also when the run breaks, such as on a full disk. */
  private RunResult runThen() {
    try {
      return run.run();
    } finally {
      if (!run.givenUp().isDone()) {
        afterwards.run();
      }
    }
  }

  /** The run ended, and its thread does not. */
  private void leave(@Nullable RunResult how, @Nullable Throwable failure) {
    try {
      afterwards.run();
    } finally {
      if (failure != null) {
        result.completeExceptionally(failure);
      } else {
        result.complete(Objects.requireNonNull(how));
      }
    }
  }

  /** Waits for the end. */
  public RunResult await() throws InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HearthException deliberate) {
        throw deliberate;
      }
      throw new IllegalStateException("The run broke.", e.getCause());
    }
  }

  /**
   * Stops the recipe as Ctrl-C does: what it waits for is rejected, its {@code finally} blocks run,
   * and finished steps are undone when that was asked for. Returns at once; any thread.
   */
  public void stop() {
    run.stop(new HearthException(EngineError.INTERRUPTED));
  }
}
