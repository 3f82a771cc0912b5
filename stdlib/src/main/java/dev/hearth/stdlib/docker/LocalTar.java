package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.BlockFilter;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.stdlib.archive.TarTransfer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A file or folder of this machine as a tar, which is made while it is read. */
final class LocalTar implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final PipedInputStream reading = new PipedInputStream(BUFFER);
  private final CompletableFuture<TarTransfer.Copied> done = new CompletableFuture<>();
  private final Thread writer;

  private LocalTar(TarTransfer transfer, Path from, String name) throws IOException {
    var writing = new PipedOutputStream(reading);
    writer =
        Thread.ofVirtual().name("docker-tar").start(() -> write(transfer, from, name, writing));
  }

  /**
   * Begins one.
   *
   * @param name what it is called in the tar
   */
  static LocalTar of(Files files, Path from, String name) {
    var stat = files.stat(from);
    if (stat.isEmpty() || stat.get().type() == FileStat.Type.OTHER) {
      throw new HearthException(DockerError.COPY_SOURCE, VisibleText.of(from));
    }
    try {
      return new LocalTar(new TarTransfer(files, from.toString()), from, name);
    } catch (IOException e) {
      throw new IllegalStateException("A new pipe is connected to nothing else.", e);
    }
  }

  private void write(TarTransfer transfer, Path from, String name, OutputStream writing) {
    try (writing) {
      try {
        done.complete(transfer.pack(from, name, writing));
      } catch (IOException e) {
        throw e;
      } catch (Throwable t) {
        done.completeExceptionally(t); // before the pipe ends, so that it does not end well
      }
    } catch (IOException e) {
      // Nobody reads any more; whoever does not knows why.
      done.completeExceptionally(new HearthException(DockerError.BROKE_OFF, "upload").causedBy(e));
    }
  }

  /** It ends only where the tar is whole; else reading it fails. */
  InputStream stream() {
    return new BlockFilter(reading) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        if (read < 0 && done.isCompletedExceptionally()) {
          throw new IOException("The tar is not whole.", done.exceptionNow());
        }
        return read;
      }
    };
  }

  /** What was copied, once it has been read to its end. */
  TarTransfer.Copied copied() {
    try {
      return done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(DockerError.INTERRUPTED, "upload").causedBy(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("A tar ended in an odd way.", e);
    }
  }

  /** The same failure, or the one of this machine's that it came of. */
  HearthException because(HearthException failure) {
    return done.isCompletedExceptionally()
            && done.exceptionNow() instanceof HearthException own
            && own.code() != DockerError.BROKE_OFF
        ? own
        : failure;
  }

  @Override
  public void close() {
    try {
      reading.close();
      writer.interrupt();
    } catch (IOException e) {
      throw new IllegalStateException("Closing a pipe does no output.", e);
    }
  }
}
