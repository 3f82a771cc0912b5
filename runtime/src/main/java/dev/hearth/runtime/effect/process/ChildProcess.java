package dev.hearth.runtime.effect.process;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ProcessError;
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
  private final ProcessRequest request;
  private final Process process;
  private final ProcessTree tree;
  private final long started = System.nanoTime();
  private final ReentrantLock ending = new ReentrantLock();

  ChildProcess(ProcessRequest request, Process process, Mark mark) {
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

  /** How long it has been running, or ran. */
  Duration duration() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  @Override
  public void stop() {
    ending.lock(); // a second caller returns when the first has ended the tree, not before
    try {
      if (process.isAlive()) {
        tree.end(request.grace());
      }
    } finally {
      ending.unlock();
    }
  }

  private static String text(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }
}
