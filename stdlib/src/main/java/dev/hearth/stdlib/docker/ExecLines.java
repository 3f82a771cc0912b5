package dev.hearth.stdlib.docker;

import dev.hearth.runtime.spi.OpStream;
import dev.hearth.stdlib.command.CommandOutcome;
import dev.hearth.stdlib.command.Lines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines that a command writes to stdout, as they come. A slow reader slows the command; what it
 * complains of is told when it fails.
 */
final class ExecLines implements OpStream<List<String>> {
  /** A longer line comes in pieces. */
  private static final int LONGEST = 1 << 20;

  private static final int ERROR_BYTES = 1 << 16;

  private final Engine engine;
  private final ContainerOps containers;
  private final ExecRequest request;
  private final byte @Nullable [] input;
  private final Lines lines = new Lines();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private @Nullable ExecProcess running;
  private boolean isOver;

  ExecLines(Engine engine, ContainerOps containers, ExecRequest request, byte @Nullable [] input) {
    this.engine = engine;
    this.containers = containers;
    this.request = request;
    this.input = input;
  }

  @Override
  public @Nullable List<String> next() throws InterruptedException {
    if (isOver) {
      return null;
    }
    var process = running == null ? begin() : running;
    try {
      for (var piece = process.frames().next(); piece != null; piece = process.frames().next()) {
        var came = take(piece);
        if (!came.isEmpty()) {
          return came;
        }
      }
      var rest = lines.rest();
      if (rest.isPresent()) {
        return List.of(rest.get());
      }
      isOver = true;
      finish(process);
      return null;
    } catch (IOException e) {
      throw process.failure(e);
    }
  }

  private ExecProcess begin() {
    var process = ExecProcess.start(engine, containers, request, input != null);
    running = process;
    process.feed(input);
    return process;
  }

  private List<String> take(Frames.Piece piece) {
    if (piece.isError()) {
      int room = Math.max(0, ERROR_BYTES - errors.size());
      errors.write(piece.bytes(), 0, Math.min(piece.length(), room));
      return List.of();
    }
    var came = lines.add(piece.bytes(), piece.length());
    return came.isEmpty() && lines.openBytes() > LONGEST ? lines.rest().stream().toList() : came;
  }

  /** A failure comes after the last line, not instead of it. */
  private void finish(ExecProcess process) throws InterruptedException {
    int status = process.instance().exitCode();
    if (status != 0 && !request.mayFail()) {
      var said = errors.toString(StandardCharsets.UTF_8);
      throw ExecOps.failure(request, new CommandOutcome("", said, status, null, 0));
    }
  }

  @Override
  public void close() {
    var process = running;
    if (process != null) {
      process.close();
    }
  }
}
