package dev.hearth.runtime.effect.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.common.future.Cancellable;
import org.apache.sshd.common.future.SshFuture;
import org.apache.sshd.common.future.VerifiableFuture;

/** Waiting for what MINA does, in a way that an interrupt ends. */
final class Futures {
  private Futures() {}

  /** Waits until it is done, well or not; gives it up when time or patience ends. */
  static <F extends SshFuture<F>> F await(F future, Duration limit)
      throws InterruptedException, TimeoutException {
    var done = new CountDownLatch(1);
    future.addListener(_ -> done.countDown());
    try {
      if (!done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TimeoutException();
      }
      return future;
    } catch (InterruptedException | TimeoutException e) {
      if (future instanceof Cancellable cancellable) {
        cancellable.cancel();
      }
      throw e;
    }
  }

  /** The same for what can fail, with its failure. */
  static <F extends SshFuture<F> & VerifiableFuture<?>> void verify(F future, Duration limit)
      throws InterruptedException, TimeoutException, IOException {
    var _ = await(future, limit).verify(1);
  }
}
