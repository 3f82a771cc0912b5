package dev.hearth.stdlib.ansible;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Reads what a program says beside its output, so that it never waits, and keeps the end of it. */
final class LastWords {
  private static final int KEPT = 1 << 16;

  /** What a program left running may hold its errors open longer than it lives. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Thread reader;
  private final StringBuilder kept = new StringBuilder();

  LastWords(InputStream errors) {
    reader = Thread.ofVirtual().name("hearth-ansible-errors").start(() -> drain(errors));
  }

  private void drain(InputStream errors) {
    var chunk = new byte[1 << 12];
    try {
      for (int n = errors.read(chunk); n >= 0; n = errors.read(chunk)) {
        keep(new String(chunk, 0, n, StandardCharsets.UTF_8));
      }
    } catch (IOException | UncheckedIOException closedWithTheProcess) {
      // What came before is kept.
    }
  }

  private synchronized void keep(String text) {
    kept.append(text);
    if (kept.length() > KEPT) {
      kept.delete(0, kept.length() - KEPT);
    }
  }

  /** What was kept, after the process has ended. */
  String text() throws InterruptedException {
    reader.join(PATIENCE);
    synchronized (this) {
      return kept.toString();
    }
  }
}
