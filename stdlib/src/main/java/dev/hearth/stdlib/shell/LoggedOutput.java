package dev.hearth.stdlib.shell;

import dev.hearth.runtime.effect.RunningProcess.Output;
import dev.hearth.runtime.effect.RunningProcess.OutputListener;
import dev.hearth.runtime.spi.OpContext.Log;
import dev.hearth.stdlib.command.Lines;
import java.util.EnumMap;
import java.util.Map;

/** Logs what a program writes, line by line, as it comes. */
final class LoggedOutput implements OutputListener {
  private final String program;
  private final Log log;
  private final Map<Output, Lines> lines = new EnumMap<>(Output.class);

  LoggedOutput(String program, Log log) {
    this.program = program;
    this.log = log;
    for (var output : Output.values()) {
      lines.put(output, new Lines());
    }
  }

  @Override
  public void came(Output output, byte[] bytes, int length) {
    var of = lines.get(output);
    if (of != null) { // each output has a thread of its own
      for (var line : of.add(bytes, length)) {
        log.write(Log.Level.INFO, line, Map.of("program", program));
      }
    }
  }

  /** What came without the end of its line is logged too. */
  void end() {
    for (var of : lines.values()) {
      of.rest().ifPresent(line -> log.write(Log.Level.INFO, line, Map.of("program", program)));
    }
  }
}
