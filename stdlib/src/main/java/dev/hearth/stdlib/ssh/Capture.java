package dev.hearth.stdlib.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Collects what a command writes to one of its outputs, so that it never waits for a reader. */
final class Capture {
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final Thread reader;
  private volatile boolean tooLarge;

  /**
   * Begins to collect.
   *
   * @param tooMuch is run when more than {@code limitBytes} came, of which the first are kept
   */
  Capture(InputStream output, long limitBytes, Runnable tooMuch) {
    reader = Thread.ofVirtual().name("ssh-output").start(() -> drain(output, limitBytes, tooMuch));
  }

  private void drain(InputStream output, long limitBytes, Runnable tooMuch) {
    var chunk = new byte[8192];
    try {
      for (int n = output.read(chunk); n >= 0; n = output.read(chunk)) {
        if (tooLarge) {
          continue; // heard and forgotten, so that the command does not wait
        }
        if (kept.size() + (long) n > limitBytes) {
          tooLarge = true;
          tooMuch.run();
        } else {
          kept.write(chunk, 0, n);
        }
      }
    } catch (IOException closedWithTheChannel) {
      // What came before is kept.
    }
  }

  /** Waits until all has come. */
  void await() throws InterruptedException {
    reader.join();
  }

  boolean isTooLarge() {
    return tooLarge;
  }

  /** What came; after {@link #await}. */
  byte[] bytes() {
    return kept.toByteArray();
  }
}
