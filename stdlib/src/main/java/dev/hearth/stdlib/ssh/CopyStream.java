package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ssh.SshError;
import dev.hearth.runtime.spi.OpStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A copy whose progress somebody looks at; leaving it ends the copy. */
final class CopyStream implements OpStream<CopyStream.Step> {
  private static final int MILLIS = 200;

  private final Host host;
  private final Copying copying;
  private final CompletableFuture<Copying.Copied> done = new CompletableFuture<>();
  private @Nullable Thread worker;
  private boolean told;

  /** How far it is; the last one has what came of it, too. */
  record Step(Copying.Progress progress, Copying.@Nullable Copied result) {}

  CopyStream(Host host, Copying copying) {
    this.host = host;
    this.copying = copying;
  }

  @Override
  public @Nullable Step next() throws InterruptedException {
    if (told) {
      return null;
    }
    if (worker == null) {
      worker = Thread.ofVirtual().name("ssh-copy " + host.target().name()).start(this::work);
    }
    try {
      var result = done.get(MILLIS, TimeUnit.MILLISECONDS);
      told = true;
      return new Step(copying.progress(), result);
    } catch (TimeoutException e) {
      return new Step(copying.progress(), null);
    } catch (ExecutionException e) {
      told = true;
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("The copy ended in an odd way.", e);
    }
  }

  private void work() {
    try {
      done.complete(copying.run());
    } catch (Throwable t) {
      done.completeExceptionally(t);
    }
  }

  @Override
  public void close() {
    var busy = worker;
    if (busy != null) {
      busy.interrupt();
      try {
        busy.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new HearthException(SshError.INTERRUPTED, host.target().name()).causedBy(e);
      }
    }
  }
}
