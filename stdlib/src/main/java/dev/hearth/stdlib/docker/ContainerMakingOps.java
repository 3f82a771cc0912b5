package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.spi.Op;
import java.nio.file.Path;

/** New containers. */
final class ContainerMakingOps {
  private final ContainerMaking making;
  private final ContainerOps containers;

  ContainerMakingOps(ContainerMaking making, ContainerOps containers) {
    this.making = making;
    this.containers = containers;
  }

  /** What is made. */
  record Wanted(ObjectNode spec) {
    private ContainerSpec read() {
      return ContainerSpec.of(spec, SpecPlace.in(Path.of("")));
    }
  }

  @Op(writes = true)
  JsonNode createContainer(Wanted request) {
    return containers.inspect(making.make(request.read()));
  }

  /** Makes and starts one. One that cannot be started is left as Docker leaves it: to be looked at. */
  @Op(writes = true)
  JsonNode runContainer(Wanted request) {
    var id = making.make(request.read());
    containers.start(id);
    return containers.inspect(id);
  }
}
