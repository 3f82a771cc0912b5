package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.archive.TarTransfer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Writes a tar to a command, while somebody else reads what the command says. */
final class SendingTar {
  private static final int CHUNK = 32 * 1024;

  private final Execution execution;
  private final TarTransfer transfer;
  private final Path from;
  private final ContainerPath to;
  private final CompletableFuture<TarTransfer.Copied> done = new CompletableFuture<>();

  SendingTar(Execution execution, TarTransfer transfer, Path from, ContainerPath to) {
    this.execution = execution;
    this.transfer = transfer;
    this.from = from;
    this.to = to;
  }

  void start() {
    Thread.ofVirtual().name("kubernetes-upload").start(this::send);
  }

  private void send() {
    try (var output = new BufferedOutputStream(new Input(), CHUNK)) {
      var copied = transfer.pack(from, to.name(), output);
      output.flush();
      execution.endInput();
      done.complete(copied);
    } catch (IOException e) {
      // The command ended before it had read all; it says why.
      done.completeExceptionally(
          new HearthException(PodError.COMMAND_LOST, execution.shown(), execution.shownPod())
              .causedBy(e));
    } catch (Throwable t) {
      done.completeExceptionally(t);
      execution.close(); // it is no whole tar: the other side must not wait for the rest
    }
  }

  /** What this machine is to blame for, if it is. */
  Optional<HearthException> failure() {
    return done.isCompletedExceptionally()
            && done.exceptionNow() instanceof HearthException failure
            && failure.code() != PodError.COMMAND_LOST
        ? Optional.of(failure)
        : Optional.empty();
  }

  /** What was copied; the command has ended. */
  TarTransfer.Copied copied() {
    try {
      return done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(KubernetesError.INTERRUPTED, "the copy of `" + from + "`")
          .causedBy(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("The copy ended in an odd way.", e);
    }
  }

  /** What the command reads. */
  private final class Input extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > 0 && !execution.write(Arrays.copyOfRange(bytes, offset, offset + length))) {
        throw new IOException("The command reads no more.");
      }
    }
  }
}
