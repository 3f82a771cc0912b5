package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.spi.Op;
import org.jspecify.annotations.Nullable;

/** Containers: what they are, and their life. */
final class ContainerOps {
  private final Engine engine;

  ContainerOps(Engine engine) {
    this.engine = engine;
  }

  /**
   * Which containers.
   *
   * @param all also those that do not run
   * @param limit only so many, the newest
   * @param size with their sizes on disk, which takes the engine long
   * @param filters in the API's own words
   */
  record Listing(
      @Nullable Boolean all,
      @Nullable Integer limit,
      @Nullable Boolean size,
      @Nullable ObjectNode filters) {}

  @Op
  JsonNode listContainers(Listing request) {
    return engine.json(
        EngineCall.get("/containers/json")
            .query("all", request.all())
            .query("limit", request.limit())
            .query("size", request.size())
            .query("filters", request.filters()));
  }

  /** A container by its name or id. */
  record Named(String name) {}

  @Op
  JsonNode inspectContainer(Named request) {
    return engine.json(
        EngineCall.get("/containers/{}/json", request.name()).about(MISSING, request.name()));
  }

  private static final DockerError MISSING = DockerError.CONTAINER_NOT_FOUND;

  @Op(writes = true)
  JsonNode startContainer(Named request) {
    engine.json(
        EngineCall.post("/containers/{}/start", request.name()).about(MISSING, request.name()));
    return inspectContainer(request);
  }
}
