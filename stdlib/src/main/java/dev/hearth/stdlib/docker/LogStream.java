package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ReadAhead;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.spi.OpStream;
import dev.hearth.stdlib.command.Lines;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The lines of a log, some at a time. A slow reader slows the engine. */
final class LogStream implements OpStream<JsonNode> {
  private static final int CHUNK = 1 << 15;

  /** A longer line comes in pieces: memory has to end, and what containers write need not. */
  private static final int LONGEST = 1 << 20;

  private static final int AT_ONCE = 1000;

  private final Engine engine;
  private final ContainerOps containers;
  private final ContainerInsightOps.Log wanted;
  private final Lines out = new Lines();
  private final Lines err = new Lines();
  private @Nullable HttpResponse response;
  private @Nullable Frames frames;
  private @Nullable IOException failure;
  private boolean isOver;

  LogStream(Engine engine, ContainerOps containers, ContainerInsightOps.Log wanted) {
    this.engine = engine;
    this.containers = containers;
    this.wanted = wanted;
  }

  @Override
  public @Nullable JsonNode next() {
    if (failure != null) {
      throw told(failure);
    }
    var lines = JsonNodeFactory.instance.arrayNode();
    try {
      var open = frames == null ? open() : frames;
      // Lines that are here already go together.
      while (!isOver && (lines.isEmpty() || (lines.size() < AT_ONCE && open.isNextHere()))) {
        read(open, lines);
      }
    } catch (IOException e) {
      if (lines.isEmpty()) {
        throw told(e);
      }
      failure = e; // told after the lines that came before it
    }
    return lines.isEmpty() ? null : lines;
  }

  private HearthException told(IOException e) {
    var code =
        Thread.currentThread().isInterrupted() ? DockerError.INTERRUPTED : DockerError.BROKE_OFF;
    return new HearthException(code, "logs of " + wanted.name()).causedBy(e);
  }

  private void read(Frames open, ArrayNode lines) throws IOException {
    var piece = open.next();
    if (piece != null) {
      take(lines, piece);
      return;
    }
    isOver = true;
    out.rest().ifPresent(line -> add(lines, false, line));
    err.rest().ifPresent(line -> add(lines, true, line));
  }

  private Frames open() {
    var hasTerminal = containers.inspect(wanted.name()).at("/Config/Tty").asBoolean();
    var opened = engine.stream(wanted.call(engine.clock().now()));
    response = opened;
    // Engines send a chunk of HTTP for each line.
    frames = new Frames(new ReadAhead(opened.body().stream()), hasTerminal, CHUNK);
    return frames;
  }

  private void take(ArrayNode lines, Frames.Piece piece) {
    var side = piece.isError() ? err : out;
    side.add(piece.bytes(), piece.length()).forEach(line -> add(lines, piece.isError(), line));
    if (side.openBytes() > LONGEST) {
      side.rest().ifPresent(line -> add(lines, piece.isError(), line));
    }
  }

  private void add(ArrayNode lines, boolean isError, String line) {
    if (!wanted.isDetailed()) {
      lines.add(line);
      return;
    }
    int space = line.indexOf(' ');
    lines
        .addObject()
        .put("stream", isError ? "stderr" : "stdout")
        .put("time", space < 0 ? line : line.substring(0, space))
        .put("line", space < 0 ? "" : line.substring(space + 1));
  }

  @Override
  public void close() {
    var open = response;
    if (open != null) {
      open.close();
    }
  }
}
