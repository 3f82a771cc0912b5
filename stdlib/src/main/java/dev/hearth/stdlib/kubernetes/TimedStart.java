package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The start of a command whose time is limited: what the cluster takes until the command runs is of
 * that time, too.
 */
final class TimedStart {
  private final Clock clock;
  private final PodName pod;
  private final Execution.Wish wish;
  private final Duration limit;

  TimedStart(Clock clock, PodName pod, Execution.Wish wish, Duration limit) {
    this.clock = clock;
    this.pod = pod;
    this.wish = wish;
    this.limit = limit;
  }

  /** Starts it on a thread of its own, which is interrupted when the time is over. */
  Execution of(Supplier<Execution> start) {
    long began = clock.nanoTime();
    var started = new CompletableFuture<Execution>();
    var starting = Thread.ofVirtual().name("kubernetes-exec").start(() -> complete(started, start));
    try {
      var execution = started.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return execution.within(limit, Duration.ofNanos(clock.nanoTime() - began));
    } catch (TimeoutException e) {
      throw new HearthException(
              PodError.COMMAND_TIMEOUT, wish.shown(), DurationText.format(limit), pod)
          .hint(
              "The cluster did not answer in that time: see that it is well, or give it more with"
                  + " `timeout`.")
          .causedBy(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(KubernetesError.INTERRUPTED, "`" + wish.shown() + "`").causedBy(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("The command was started in an odd way.", e);
    } finally {
      started.cancel(false); // nobody waits any more: one that starts now is left
      starting.interrupt();
    }
  }

  private static void complete(CompletableFuture<Execution> started, Supplier<Execution> start) {
    try {
      var execution = start.get();
      if (!started.complete(execution)) {
        execution.close();
      }
    } catch (Throwable t) {
      started.completeExceptionally(t);
    }
  }
}
