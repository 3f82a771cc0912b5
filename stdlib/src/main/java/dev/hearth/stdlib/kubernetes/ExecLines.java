package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.OpStream;
import dev.hearth.stdlib.command.CommandOutcome;
import dev.hearth.stdlib.command.Lines;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The lines of a command, as they come. A slow reader slows the command. */
final class ExecLines implements OpStream<List<String>> {
  private static final int LONGEST = 1 << 20;
  private static final int ERROR_BYTES = 1 << 20;

  private final Supplier<Execution> begin;
  private final boolean mayFail;
  private final Runnable after;
  private final Lines lines = new Lines();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private @Nullable Execution running;
  private boolean ended;

  /**
   * A command to be.
   *
   * @param after is run when it is over
   */
  ExecLines(Supplier<Execution> begin, boolean mayFail, Runnable after) {
    this.begin = begin;
    this.mayFail = mayFail;
    this.after = after;
  }

  @Override
  public @Nullable List<String> next() {
    if (ended) {
      return null;
    }
    var execution = running;
    if (execution == null) {
      execution = begin.get();
      running = execution;
    }
    for (var piece = execution.next(); piece != null; piece = execution.next()) {
      if (piece.channel() == Channels.STDERR) {
        errors.write(piece.bytes(), 0, Math.min(piece.bytes().length, ERROR_BYTES - errors.size()));
        continue;
      }
      var came = lines.add(piece.bytes(), piece.bytes().length);
      if (!came.isEmpty()) {
        return came;
      }
      if (lines.openBytes() > LONGEST) {
        throw new HearthException(PodError.LINE_TOO_LONG, "`" + execution.shown() + "`", LONGEST);
      }
    }
    var rest = lines.rest();
    if (rest.isPresent()) {
      return List.of(rest.get()); // a failure comes after the last line, not instead of it
    }
    ended = true;
    finish(execution);
    return null;
  }

  private void finish(Execution execution) {
    int status = execution.exitCode();
    if (!mayFail) {
      var stderr = errors.toString(StandardCharsets.UTF_8);
      var _ = ExecOps.required(execution, new CommandOutcome("", stderr, status, null, 0));
    }
  }

  @Override
  public void close() {
    after.run();
    var execution = running;
    if (execution != null) {
      execution.close();
    }
  }
}
