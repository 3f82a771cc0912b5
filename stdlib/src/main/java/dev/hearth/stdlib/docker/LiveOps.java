package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Sessions in containers: with what runs there already, or with a command of one's own. */
final class LiveOps {
  private static final int CHUNK = 1 << 15;

  private final Engine engine;
  private final ContainerOps containers;
  private final Map<String, LiveSession> open = new ConcurrentHashMap<>();

  /** Also of sessions that are over, since one asks how they ended. */
  private final Map<String, ExecInstance> commands = new ConcurrentHashMap<>();

  private final AtomicLong last = new AtomicLong();

  LiveOps(Engine engine, ContainerOps containers) {
    this.engine = engine;
    this.containers = containers;
  }

  /** A container with what runs in it. */
  record Attachment(String name, @Nullable Boolean stdin, @Nullable Boolean logs) {}

  @Op(writes = true)
  OpStream<byte[]> attach(Attachment request) {
    var name = request.name();
    var hasTerminal = containers.inspect(name).at("/Config/Tty").asBoolean();
    var upgraded =
        containers.whileRunning(
            name,
            () ->
                engine.upgrade(
                    EngineCall.post("/containers/{}/attach", name)
                        .query("stream", true)
                        .query("stdout", true)
                        .query("stderr", true)
                        .query("stdin", Boolean.TRUE.equals(request.stdin()))
                        .query("logs", request.logs())
                        .about(DockerError.CONTAINER_NOT_FOUND, name)));
    var stream = upgraded.stream();
    return opened(name, stream, new Frames(stream.input(), hasTerminal, CHUNK));
  }

  @Op(writes = true)
  OpStream<byte[]> openExec(ExecRequest request) {
    var process = ExecProcess.start(engine, containers, request, true);
    var session = opened(request.name(), process.stream(), process.frames());
    commands.put(session.id(), process.instance());
    return session;
  }

  private LiveSession opened(String container, NetStream stream, Frames frames) {
    var id = Long.toString(last.incrementAndGet());
    var session = new LiveSession(id, container, stream, frames, () -> open.remove(id));
    open.put(id, session);
    return session;
  }

  /** A session, by its id, and what is typed as text; bytes come beside the argument. */
  record Typing(String id, String name, @Nullable String text) {}

  @Op(writes = true)
  void type(Typing request, byte @Nullable [] bytes) {
    var text = request.text() == null ? "" : request.text();
    session(request.id(), request.name())
        .type(bytes == null ? text.getBytes(StandardCharsets.UTF_8) : bytes);
  }

  /** A session, by its id. */
  record Session(String id, String name) {}

  @Op(writes = true)
  void endInput(Session request) {
    session(request.id(), request.name()).end();
  }

  /** How large its terminal is. */
  record Size(String id, String name, int rows, int columns) {}

  @Op(writes = true)
  void resize(Size request) {
    var command = commands.get(request.id());
    if (command != null) {
      command.resize(request.rows(), request.columns());
      return;
    }
    engine.json(
        EngineCall.post("/containers/{}/resize", request.name())
            .query("h", request.rows())
            .query("w", request.columns()));
  }

  /**
   * The exit status of the command, once it wrote its last; of an attachment that of the container.
   */
  @Op
  long exitOfSession(Session request) throws InterruptedException {
    var command = commands.get(request.id());
    return command == null ? containers.waitFor(request.name(), "not-running") : command.exitCode();
  }

  private LiveSession session(String id, String container) {
    var found = open.get(id);
    if (found == null) {
      throw new HearthException(DockerError.SESSION_OVER, container);
    }
    return found;
  }
}
