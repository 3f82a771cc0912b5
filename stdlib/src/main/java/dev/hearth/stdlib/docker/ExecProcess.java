package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NetStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A command that runs in a container, from its start on: what it reads and writes, and its end. */
final class ExecProcess implements AutoCloseable {
  private static final int CHUNK = 1 << 15;

  private final ExecInstance instance;
  private final NetStream stream;
  private final Frames frames;

  private ExecProcess(ExecInstance instance, NetStream stream, boolean hasTerminal) {
    this.instance = instance;
    this.stream = stream;
    this.frames = new Frames(stream.input(), hasTerminal, CHUNK);
  }

  static ExecProcess start(
      Engine engine, ContainerOps containers, ExecRequest request, boolean reads) {
    var name = request.name();
    var id =
        containers
            .whileRunning(
                name,
                () ->
                    engine.json(
                        EngineCall.post("/containers/{}/exec", name)
                            .json(request.creation(reads))
                            .about(DockerError.CONTAINER_NOT_FOUND, name)))
            .path("Id")
            .asText();
    var start =
        JsonNodeFactory.instance
            .objectNode()
            .put("Detach", false)
            .put("Tty", request.hasTerminal());
    var upgraded =
        containers.whileRunning(
            name, () -> engine.upgrade(EngineCall.post("/exec/{}/start", id).json(start)));
    var process =
        new ExecProcess(
            new ExecInstance(engine, name, id), upgraded.stream(), request.hasTerminal());
    process.sizeTerminal(request);
    return process;
  }

  private void sizeTerminal(ExecRequest request) {
    var how = request.how();
    if (!request.hasTerminal() || how.rows() == null || how.columns() == null) {
      return;
    }
    try {
      instance.resize(how.rows(), how.columns());
    } catch (HearthException e) {
      if (!ContainerOps.isRefusal(e)) {
        close();
        throw e;
      } // it ended before it had a size: what it wrote and its status tell how
    }
  }

  NetStream stream() {
    return stream;
  }

  Frames frames() {
    return frames;
  }

  ExecInstance instance() {
    return instance;
  }

  /** Gives it what it reads, and then the end, beside whoever reads what it writes. */
  void feed(byte @Nullable [] input) {
    if (input == null) {
      return;
    }
    var _ =
        Thread.ofVirtual()
            .name("docker-stdin")
            .start(
                () -> {
                  try {
                    stream.output().write(input);
                    stream.output().flush();
                    stream.closeOutput();
                  } catch (IOException endedBeforeItReadAll) {
                    // As with a pipe: what it says and its status tell what became of it.
                  }
                });
  }

  HearthException broken() {
    return instance.broken();
  }

  HearthException failure(IOException e) {
    return Thread.currentThread().isInterrupted()
        ? new HearthException(DockerError.INTERRUPTED, "exec in " + instance.container())
            .causedBy(e)
        : broken().causedBy(e);
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException alreadyGone) {
      // Nothing more is read of it.
    }
  }
}
