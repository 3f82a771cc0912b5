package dev.hearth.stdlib.shell;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ProcessOutcome;
import dev.hearth.runtime.spi.OpStream;
import dev.hearth.stdlib.command.Lines;
import dev.hearth.stdlib.command.Tail;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * The lines that the last command of a pipeline writes. When nobody reads them the command waits,
 * as a full pipe makes it; when nobody wants more it is ended with all that it started.
 */
final class LineStream implements OpStream<List<String>> {
  private static final int CHUNK = 1 << 16;
  private static final int LONGEST_LINE = 16 << 20;
  private static final byte[] END = {};

  private final Pipeline pipeline;
  private final boolean nothrow;
  private final Tail errors;
  private final Lines lines = new Lines();
  private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(2);
  private final Thread pump;
  private final FutureTask<Integer> status;
  private boolean isEnded;

  LineStream(Pipeline pipeline, boolean nothrow) {
    this.pipeline = pipeline;
    this.nothrow = nothrow;
    var process = pipeline.last().process();
    errors = Tail.of(process.errors());
    status = new FutureTask<>(process::await); // who waits also holds the time limit
    Thread.ofVirtual().name("hearth-shell-await").start(status);
    pump = Thread.ofVirtual().name("hearth-shell-lines").start(() -> pump(process.output()));
  }

  /** A read of a pipe cannot be interrupted, taking from a queue can. */
  private void pump(InputStream output) {
    var chunk = new byte[CHUNK];
    try {
      for (int n = output.read(chunk); n > 0; n = output.read(chunk)) {
        chunks.put(Arrays.copyOf(chunk, n));
      }
    } catch (IOException closedWithTheProcess) {
      // Its exit status says how it ended.
    } catch (InterruptedException nobodyReads) {
      return;
    }
    try {
      chunks.put(END);
    } catch (InterruptedException nobodyReads) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public @Nullable List<String> next() throws InterruptedException {
    while (!isEnded) {
      var chunk = chunks.take();
      if (chunk.length == 0) {
        isEnded = true;
        requireSuccess();
        return lines.rest().map(List::of).orElse(null);
      }
      var ended = lines.add(chunk, chunk.length);
      if (!ended.isEmpty()) {
        return ended;
      }
      if (lines.openBytes() > LONGEST_LINE) {
        throw new HearthException(
            ShellError.LINE_TOO_LONG, ShellOps.shown(pipeline.last().commandLine()), LONGEST_LINE);
      }
    }
    return null;
  }

  private void requireSuccess() throws InterruptedException {
    pipeline.requireOthersToSucceed();
    int ended = exitStatus();
    if (ended != 0 && !nothrow) {
      var outcome = new ProcessOutcome(ended, new byte[0], errors.bytes(), Duration.ZERO);
      throw ShellOps.failure(pipeline.last().commandLine(), outcome);
    }
  }

  private int exitStatus() throws InterruptedException {
    try {
      return status.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HearthException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    pipeline.close();
    pump.interrupt();
  }
}
