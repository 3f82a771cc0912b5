package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.spi.OpStream;
import dev.hearth.stdlib.command.CommandOutcome;
import dev.hearth.stdlib.command.Lines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container that is run as a command: what it writes, and how it ends. One that is left before
 * its end is stopped where it is to be removed, and else runs on.
 */
final class ForegroundRun implements OpStream<List<String>> {
  private static final int CHUNK = 1 << 15;
  private static final int LONGEST = 1 << 20;
  private static final int MOST_MIB = 16;
  private static final int ERROR_BYTES = 1 << 16;

  private final Engine engine;
  private final ContainerMaking making;
  private final ContainerOps containers;
  private final ContainerSpec spec;
  private final ContainerMakingOps.ToEnd request;
  private final Lines lines = new Lines();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private @Nullable String id;
  private @Nullable NetStream stream;
  private @Nullable Frames frames;
  private boolean isOver;

  ForegroundRun(
      Engine engine,
      ContainerMaking making,
      ContainerOps containers,
      ContainerSpec spec,
      ContainerMakingOps.ToEnd request) {
    this.engine = engine;
    this.making = making;
    this.containers = containers;
    this.spec = spec;
    this.request = request;
  }

  /** All that it writes, once it is over. */
  CommandOutcome outcome() {
    long begin = engine.clock().nanoTime();
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    try {
      var open = begin();
      for (var piece = open.next(); piece != null; piece = open.next()) {
        var side = piece.isError() ? err : out;
        if (side.size() + (long) piece.length() > (long) MOST_MIB << 20) {
          throw new HearthException(DockerError.OUTPUT_TOO_LARGE, spec.image(), MOST_MIB);
        }
        side.write(piece.bytes(), 0, piece.length());
      }
    } catch (IOException e) {
      throw broken(e);
    }
    return checked(
        new CommandOutcome(
            out.toString(StandardCharsets.UTF_8),
            err.toString(StandardCharsets.UTF_8),
            exitCode(),
            null,
            (engine.clock().nanoTime() - begin) / 1_000_000));
  }

  private CommandOutcome checked(CommandOutcome outcome) {
    if (!outcome.succeeded() && !request.mayFail()) {
      throw outcome.failure(DockerError.CONTAINER_FAILED, spec.image());
    }
    return outcome;
  }

  private int exitCode() {
    return Math.toIntExact(containers.waitFor(String.valueOf(id), "not-running"));
  }

  private Frames begin() {
    var made = making.make(spec);
    id = made;
    // Before it starts, so that nothing is missed: a log that is followed may lack what came last.
    var attached =
        engine
            .upgrade(
                EngineCall.post("/containers/{}/attach", made)
                    .query("stream", true)
                    .query("stdout", true)
                    .query("stderr", true)
                    .about(DockerError.CONTAINER_NOT_FOUND, made))
            .stream();
    stream = attached;
    containers.start(made);
    var read = new Frames(attached.input(), spec.body().path("Tty").asBoolean(), CHUNK);
    frames = read;
    return read;
  }

  @Override
  public @Nullable List<String> next() {
    if (isOver) {
      return null;
    }
    try {
      var open = frames == null ? begin() : frames;
      for (var piece = open.next(); piece != null; piece = open.next()) {
        var came = take(piece);
        if (!came.isEmpty()) {
          return came;
        }
      }
    } catch (IOException e) {
      throw broken(e);
    }
    var rest = lines.rest();
    if (rest.isPresent()) {
      return List.of(rest.get());
    }
    isOver = true;
    checked(new CommandOutcome("", errors.toString(StandardCharsets.UTF_8), exitCode(), null, 0));
    return null;
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

  private HearthException broken(IOException e) {
    return Thread.currentThread().isInterrupted()
        ? new HearthException(DockerError.INTERRUPTED, "run " + spec.image()).causedBy(e)
        : new HearthException(DockerError.BROKE_OFF, "run " + spec.image()).causedBy(e);
  }

  @Override
  public void close() {
    var open = stream;
    if (open != null) {
      try {
        open.close();
      } catch (IOException alreadyGone) {
        // Nothing more is read of it.
      }
    }
    var made = id;
    if (made != null && request.isRemoved()) {
      making.removeAgain(made);
    }
  }
}
