package dev.hearth.stdlib.terraform;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ProcessOutcome;
import dev.hearth.runtime.effect.RunningProcess;
import dev.hearth.runtime.effect.RunningProcess.Output;
import dev.hearth.runtime.effect.RunningProcess.OutputListener;
import dev.hearth.stdlib.command.AtWork;
import dev.hearth.stdlib.command.Lines;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The program at work. A first interrupt of the thread that waits for it asks it to end what it
 * does with a resource and to write its state; a second one ends it at once.
 */
final class TerraformRun implements AtWork.Program {
  /** How long ending what it does with a resource may take. */
  static final Duration GRACE = Duration.ofMinutes(2);

  /** How long a terminal's Ctrl-C, which reaches it too, may take to be heard of. */
  private static final Duration HEARSAY = Duration.ofSeconds(1);

  private static final String ASKED = "Interrupt received.";

  private final RunningProcess process;
  private final FutureTask<ProcessOutcome> ending;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final AtomicBoolean stopping = new AtomicBoolean();

  /**
   * Begins to listen to it.
   *
   * @param told hears each line of its standard output
   */
  TerraformRun(RunningProcess process, Consumer<String> told) {
    this.process = process;
    var lines = new Lines();
    OutputListener listener =
        (output, bytes, length) -> {
          if (output == Output.STANDARD) {
            lines.add(bytes, length).forEach(line -> hear(line, told));
          }
        };
    ending = new FutureTask<>(() -> process.finish(listener));
    Thread.ofVirtual().name("hearth-terraform-await").start(ending);
  }

  private void hear(String line, Consumer<String> told) {
    if (line.contains(ASKED)) {
      asked.countDown();
    }
    told.accept(line);
  }

  /** Waits for its end. Called once. */
  ProcessOutcome finish() throws InterruptedException {
    try {
      return ending.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HearthException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      stop();
      throw e;
    } finally {
      process.close();
    }
  }

  /** Has it end, unless somebody does already, and waits for that; an interrupt ends it at once. */
  private void stop() {
    try {
      if (stopping.compareAndSet(false, true)
          && !asked.await(HEARSAY.toMillis(), TimeUnit.MILLISECONDS)) {
        process.stop();
      }
      // It was asked. A second signal would end it at once, and lose what it does.
      ending.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // what follows does not wait, then
    } catch (ExecutionException | TimeoutException itEndedOrDidNot) {
      // Either way nothing of it is left below.
    }
    process.stop();
  }

  /** Has it end when nobody waits for it any more, and returns when it is gone. */
  @Override
  public void close() {
    stop();
  }
}
