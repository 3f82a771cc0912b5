package dev.hearth.stdlib.docker;

import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpStream;
import dev.hearth.stdlib.command.CommandOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Commands in containers. */
final class ExecOps {
  private static final int MOST_MIB = 16;

  private final Engine engine;
  private final ContainerOps containers;

  ExecOps(Engine engine, ContainerOps containers) {
    this.engine = engine;
    this.containers = containers;
  }

  @Op(writes = true)
  CommandOutcome exec(ExecRequest request, byte @Nullable [] stdin) {
    var timeout = request.how().timeout();
    var outcome =
        Deadline.within(
            engine.clock(),
            timeout,
            () -> run(request, request.input(stdin)),
            () ->
                new HearthException(
                    DockerError.COMMAND_TIMEOUT,
                    request.shown(),
                    request.name(),
                    DurationText.format(Objects.requireNonNull(timeout))));
    if (!outcome.succeeded() && !request.mayFail()) {
      throw failure(request, outcome);
    }
    return outcome;
  }

  static HearthException failure(ExecRequest request, CommandOutcome outcome) {
    return outcome.failure(DockerError.COMMAND_FAILED, request.shown(), request.name());
  }

  private CommandOutcome run(ExecRequest request, byte @Nullable [] input) {
    long begin = engine.clock().nanoTime();
    try (var process = ExecProcess.start(engine, containers, request, input != null)) {
      process.feed(input);
      var out = new ByteArrayOutputStream();
      var err = new ByteArrayOutputStream();
      for (var piece = process.frames().next(); piece != null; piece = process.frames().next()) {
        var side = piece.isError() ? err : out;
        if (side.size() + (long) piece.length() > (long) MOST_MIB << 20) {
          throw new HearthException(DockerError.OUTPUT_TOO_LARGE, request.shown(), MOST_MIB);
        }
        side.write(piece.bytes(), 0, piece.length());
      }
      return new CommandOutcome(
          out.toString(StandardCharsets.UTF_8),
          err.toString(StandardCharsets.UTF_8),
          process.instance().exitCode(),
          null,
          (engine.clock().nanoTime() - begin) / 1_000_000);
    } catch (IOException e) {
      throw interruptedOr(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(DockerError.INTERRUPTED, request.shown()).causedBy(e);
    }
  }

  private static HearthException interruptedOr(IOException e) {
    return Thread.currentThread().isInterrupted()
        ? new HearthException(DockerError.INTERRUPTED, "exec").causedBy(e)
        : new HearthException(DockerError.BROKE_OFF, "exec").causedBy(e);
  }

  /** Its lines, some at a time. */
  @Op(writes = true)
  OpStream<List<String>> execLines(ExecRequest request, byte @Nullable [] stdin) {
    return new ExecLines(engine, containers, request, request.input(stdin));
  }
}
