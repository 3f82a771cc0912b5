package dev.hearth.cli;

import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.effect.file.Door;
import dev.hearth.runtime.effect.file.SystemFiles;
import dev.hearth.terminal.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The file of {@code --trace=FILE}: a line of JSON for each contact, as soon as it has ended. */
final class TraceFile {
  private final Files files = new SystemFiles(Door.open(), Limits.DEFAULT);
  private final Path file;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final EventJson events =
      new EventJson(new PrintStream(line, false, StandardCharsets.UTF_8));

  private TraceFile(Path file) {
    this.file = file;
    files.write(file, new byte[0]);
  }

  /** Empties the file, which fails before anything of a run happens if it cannot be written. */
  static TraceFile begin(Path file) {
    return new TraceFile(file);
  }

  /** Takes what belongs here out of what {@code others} hear. */
  Consumer<RunEvent> beside(Consumer<RunEvent> others) {
    return event -> {
      if (event instanceof RunEvent.Crossed) {
        write(event);
      } else {
        others.accept(event);
      }
      if (event instanceof RunEvent.Started started) {
        events.name(started.run());
      }
    };
  }

  private void write(RunEvent event) {
    line.reset();
    events.accept(event);
    files.append(file, line.toByteArray());
  }
}
