package dev.hearth.runtime.run;

import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.storage.Compressed;
import dev.hearth.runtime.storage.GrowingLines;
import dev.hearth.runtime.storage.ProcessMark;
import dev.hearth.runtime.storage.TornLines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The log lines of one run, read from its journal, also while another process writes it. */
final class RunLog {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final String run;
  private final Path journal;
  private final Consumer<RunEvent.Logged> reader;
  private @Nullable ProcessMark owner;
  private boolean ended;

  RunLog(String run, Path journal, Consumer<RunEvent.Logged> reader) {
    this.run = run;
    this.journal = journal;
    this.reader = reader;
  }

  private boolean isCompressed() {
    return !Compressed.place(journal).equals(journal);
  }

  /** Reads what is there. */
  void read() throws IOException {
    if (isCompressed()) { // it is over for long
      new TornLines(journal).forEach(line -> take(line.text()));
      return;
    }
    try (var lines = new GrowingLines(journal)) {
      readOn(lines);
    }
  }

  /** Reads what is there and what comes, until the run is over or its process is gone. */
  void follow(Clock clock) throws IOException, InterruptedException {
    if (isCompressed()) {
      read();
      return;
    }
    try (var lines = new GrowingLines(journal)) {
      readOn(lines);
      while (isRunning()) {
        clock.sleep(PAUSE);
        readOn(lines);
      }
      readOn(lines); // what it wrote between the last look and its end
    }
  }

  private boolean isRunning() {
    return owner != null && RunStore.isRunning(run, owner, ended);
  }

  private void readOn(GrowingLines lines) throws IOException {
    for (var some = lines.next(); !some.isEmpty(); some = lines.next()) {
      some.forEach(this::take);
    }
  }

  private void take(byte[] line) {
    try {
      switch (JournalFormat.read(line)) {
        case JournalEntry.Started e -> owner = e.process();
        case JournalEntry.TakenUp e -> {
          owner = e.process();
          ended = false;
        }
        case JournalEntry.Finished _ -> ended = true;
        case JournalEntry.Logged e ->
            reader.accept(
                new RunEvent.Logged(e.time(), e.level(), e.source(), e.message(), e.fields()));
        default -> {} // what became of its steps is told by `hearth runs show`
      }
    } catch (JournalFormat.NotAnEntry e) {
      // `hearth runs show` tells what is wrong with the journal
    }
  }
}
