package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ssh.TargetReader;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpStream;
import dev.hearth.stdlib.command.CommandOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** New containers. */
final class ContainerMakingOps {
  private final Engine engine;
  private final ContainerMaking making;
  private final ContainerOps containers;

  ContainerMakingOps(Engine engine, ContainerMaking making, ContainerOps containers) {
    this.engine = engine;
    this.making = making;
    this.containers = containers;
  }

  /** What is made. */
  record Wanted(ObjectNode spec) {}

  private ContainerSpec read(ObjectNode spec) {
    var place = SpecPlace.in(Path.of(""), () -> TargetReader.homeOf(engine.recipe()));
    return ContainerSpec.of(spec, place);
  }

  @Op(writes = true)
  JsonNode createContainer(Wanted request) {
    return containers.inspect(making.make(read(request.spec())));
  }

  /**
   * Makes and starts one. One that cannot be started is left as Docker leaves it: to be looked at.
   */
  @Op(writes = true)
  JsonNode runContainer(Wanted request) {
    var id = making.make(read(request.spec()));
    containers.start(id);
    return containers.inspect(id);
  }

  /**
   * What a container is to be.
   *
   * @param start whether it is to run
   */
  record Ensured(ObjectNode spec, @Nullable Boolean start) {}

  @Op(writes = true)
  ContainerEnsure.Outcome ensureContainer(Ensured request) {
    var spec = read(request.spec());
    return new ContainerEnsure(engine, containers, making)
        .ensure(spec, !Boolean.FALSE.equals(request.start()));
  }

  /**
   * What is made, runs to its end, and is looked at then.
   *
   * @param remove whether it is removed afterwards
   * @param nothrow whether a failure is a result
   */
  record ToEnd(
      ObjectNode spec,
      @Nullable Boolean remove,
      @Nullable Boolean nothrow,
      @Nullable Duration timeout) {
    boolean mayFail() {
      return Boolean.TRUE.equals(nothrow);
    }

    boolean isRemoved() {
      return Boolean.TRUE.equals(remove);
    }
  }

  @Op(writes = true)
  CommandOutcome runContainerToEnd(ToEnd request) {
    return Deadline.within(
        engine.clock(),
        request.timeout(),
        () -> {
          var run = foreground(request);
          return engine.afterwards().of(run::outcome, run::close);
        },
        () ->
            new HearthException(
                DockerError.CONTAINER_TIMEOUT,
                request.spec().path("image").asText(),
                "over",
                DurationText.format(Objects.requireNonNull(request.timeout()))));
  }

  /** The lines that it writes to stdout, some at a time. */
  @Op(writes = true)
  OpStream<List<String>> runContainerLines(ToEnd request) {
    return foreground(request);
  }

  private ForegroundRun foreground(ToEnd request) {
    var spec = read(request.spec());
    return new ForegroundRun(engine, making, containers, spec, request);
  }
}
