package dev.hearth.runtime.effect.process;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Limit;
import dev.hearth.runtime.effect.LimitError;
import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.effect.ProcessError;
import dev.hearth.runtime.effect.ProcessOutcome;
import dev.hearth.runtime.effect.ProcessRequest;
import dev.hearth.runtime.effect.RunningProcess;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** A process that this program started. */
final class ChildProcess implements RunningProcess {
  /** How long output may still come after the end of the process. */
  private static final Duration LAST_OUTPUT = Duration.ofSeconds(1);

  private final ProcessRequest request;
  private final Process process;
  private final ProcessTree tree;
  private final Limits limits;
  private final long started = System.nanoTime();
  private final ReentrantLock ending = new ReentrantLock();

  ChildProcess(ProcessRequest request, Process process, Mark mark, Limits limits) {
    this.limits = limits;
    this.request = request;
    this.process = process;
    this.tree = new ProcessTree(process, mark);
    request.input().ifPresent(this::feed);
  }

  private void feed(InputStream input) {
    Thread.ofVirtual().name("input of " + process.pid()).start(() -> copy(input));
    var unused = process.onExit().thenRun(() -> closeQuietly(input));
  }

  // Whoever still waits for more input is let go; nobody is left who could miss the rest.
  private static void closeQuietly(InputStream input) {
    try {
      input.close();
    } catch (IOException theRestIsLost) {
      // And nobody wants it.
    }
  }

  private void copy(InputStream input) {
    try (input;
        var output = process.getOutputStream()) {
      input.transferTo(output);
    } catch (IOException theChildReadsNoMore) {
      // As `yes | head` does: what the child did not want is no failure.
    }
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public InputStream output() {
    return process.getInputStream();
  }

  @Override
  public InputStream errors() {
    return process.getErrorStream();
  }

  @Override
  public int await() throws InterruptedException {
    try {
      if (request.timeout().isEmpty()) {
        return process.waitFor();
      }
      var limit = request.timeout().get();
      var left = limit.toNanos() - (System.nanoTime() - started);
      if (process.waitFor(left, TimeUnit.NANOSECONDS)) {
        return process.exitValue();
      }
      stop();
      throw new HearthException(
          ProcessError.TIMED_OUT, VisibleText.of(request.program()), text(limit));
    } catch (InterruptedException e) {
      stop();
      throw e;
    }
  }

  @Override
  public ProcessOutcome finish(OutputListener listener) throws InterruptedException {
    var limit = limits.get(Limit.PROCESS_OUTPUT_BYTES);
    var output = capture("output of ", output(), limit, Output.STANDARD, listener);
    var errors = capture("errors of ", errors(), limit, Output.ERRORS, listener);
    var status = await();
    var duration = Duration.ofNanos(System.nanoTime() - started);
    output.await(LAST_OUTPUT);
    errors.await(LAST_OUTPUT);
    if (output.isTooLarge() || errors.isTooLarge()) {
      throw new HearthException(
          LimitError.OUTPUT_TOO_LARGE,
          VisibleText.of(request.program()),
          limit,
          Limit.PROCESS_OUTPUT_BYTES.setting());
    }
    return new ProcessOutcome(status, output.bytes(), errors.bytes(), duration);
  }

  private Capture capture(
      String name, InputStream from, long limit, Output output, OutputListener listener) {
    return Capture.of(
        name + pid(),
        from,
        limit,
        new Capture.Listener() {
          @Override
          public void came(byte[] bytes, int length) {
            listener.came(output, bytes, length);
          }

          @Override
          public void tooMuch() {
            stop();
          }
        });
  }

  @Override
  public void stop() {
    ending.lock(); // a second caller returns when the first has ended the tree, not before
    try {
      if (process.isAlive()) {
        var grace = request.grace();
        if (request.endsItself()) {
          tree.askRoot(grace);
          grace = ProcessRequest.DEFAULT_GRACE;
        }
        tree.end(grace);
      }
    } finally {
      ending.unlock();
    }
  }

  private static String text(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }
}
