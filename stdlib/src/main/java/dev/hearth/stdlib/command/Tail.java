package dev.hearth.stdlib.command;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads an output of a program to its end, so that it never waits, and keeps the last 64 KiB. */
public final class Tail {
  private static final int KEPT = 1 << 16;
  private static final Duration LAST_OUTPUT = Duration.ofSeconds(1);

  private final byte[] ring = new byte[KEPT];
  private final Thread reader;
  private long came;

  private Tail(InputStream output) {
    reader = Thread.ofVirtual().name("hearth-command-errors").unstarted(() -> drain(output));
  }

  /** Reads it from now on. */
  public static Tail of(InputStream output) {
    var tail = new Tail(output);
    tail.reader.start();
    return tail;
  }

  private void drain(InputStream output) {
    var chunk = new byte[1 << 12];
    try {
      for (int n = output.read(chunk); n >= 0; n = output.read(chunk)) {
        keep(chunk, n);
      }
    } catch (IOException closedWithTheProcess) {
      // What came before is kept.
    }
  }

  private synchronized void keep(byte[] chunk, int length) {
    for (int i = 0; i < length; i++) {
      ring[(int) (came++ % KEPT)] = chunk[i];
    }
  }

  /** What was kept, after the process has ended. */
  public byte[] bytes() throws InterruptedException {
    reader.join(LAST_OUTPUT);
    return kept();
  }

  private synchronized byte[] kept() {
    int length = (int) Math.min(came, KEPT);
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = ring[(int) ((came - length + i) % KEPT)];
    }
    return bytes;
  }
}
