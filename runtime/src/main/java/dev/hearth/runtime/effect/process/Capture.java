package dev.hearth.runtime.effect.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Collects what a child writes to one of its outputs, so that it never waits for a reader. */
final class Capture {
  private static final int LARGEST_CHUNK = 1 << 16;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final long limitBytes;
  private final Thread reader;
  private boolean tooLarge;

  private Capture(String name, InputStream output, long limitBytes, Listener listener) {
    this.limitBytes = limitBytes;
    reader = Thread.ofVirtual().name(name).unstarted(() -> drain(output, listener));
  }

  /** Hears of each piece, and once that there was too much. */
  interface Listener {
    void came(byte[] bytes, int length);

    void tooMuch();
  }

  /** Begins to collect; collecting ends when more than {@code limitBytes} came. */
  static Capture of(String name, InputStream output, long limitBytes, Listener listener) {
    var capture = new Capture(name, output, limitBytes, listener);
    capture.reader.start();
    return capture;
  }

  private void drain(InputStream output, Listener listener) {
    var chunk = new byte[1 << 13];
    try {
      for (var n = output.read(chunk); n >= 0; n = output.read(chunk)) {
        if (!keep(chunk, n)) {
          listener.tooMuch();
          return;
        }
        listener.came(chunk, n);
        if (n == chunk.length && n < LARGEST_CHUNK) {
          chunk = new byte[n * 2]; // most commands say little
        }
      }
    } catch (IOException closedWithTheProcess) {
      // What came before is kept.
    }
  }

  private synchronized boolean keep(byte[] chunk, int length) {
    tooLarge = kept.size() + (long) length > limitBytes;
    if (!tooLarge) {
      kept.write(chunk, 0, length);
    }
    return !tooLarge;
  }

  /**
   * Waits until all has come, but no longer than {@code longest}: a process left in the background
   * keeps the output open as long as it lives.
   */
  void await(Duration longest) throws InterruptedException {
    reader.join(longest);
  }

  synchronized boolean isTooLarge() {
    return tooLarge;
  }

  synchronized byte[] bytes() {
    return kept.toByteArray();
  }
}
