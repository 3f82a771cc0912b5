package dev.hearth.repl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jline.reader.LineReader;
import org.jspecify.annotations.Nullable;

/**
 * A stream for what may come while somebody types, such as from a timer: it is shown above the
 * prompt, with what was typed so far below it, whenever the stream is flushed.
 */
final class AbovePrompt extends ByteArrayOutputStream {
  private final PrintStream shown;
  private volatile @Nullable LineReader reader;

  AbovePrompt(PrintStream shown) {
    this.shown = shown;
  }

  PrintStream stream() {
    return new PrintStream(this, false, StandardCharsets.UTF_8);
  }

  /** From now on this reads from the person at the terminal. */
  void readBy(LineReader other) {
    reader = other;
  }

  @Override
  public synchronized void flush() throws IOException {
    super.flush();
    if (size() == 0) {
      return;
    }
    var text = toString(StandardCharsets.UTF_8);
    reset();
    var reading = reader;
    if (reading != null && reading.isReading()) {
      reading.printAbove(text);
    } else {
      shown.print(text);
      shown.flush();
    }
  }
}
