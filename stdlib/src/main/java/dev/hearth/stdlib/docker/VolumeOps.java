package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import org.jspecify.annotations.Nullable;

/** Volumes, whose content nothing here throws away unless it is told to. */
final class VolumeOps {
  private final Engine engine;

  VolumeOps(Engine engine) {
    this.engine = engine;
  }

  /** Which volumes. */
  record Volumes(@Nullable ObjectNode filters) {}

  @Op
  JsonNode listVolumes(Volumes request) {
    var listed =
        engine
            .object(EngineCall.get("/volumes").query("filters", request.filters()))
            .path("Volumes");
    return listed.isArray() ? listed : JsonNodeFactory.instance.arrayNode();
  }

  /** A volume by its name. */
  record Volume(String name) {}

  @Op
  JsonNode inspectVolume(Volume request) {
    return engine.object(
        EngineCall.get("/volumes/{}", request.name())
            .about(DockerError.VOLUME_NOT_FOUND, request.name()));
  }

  @Op(writes = true)
  JsonNode createVolume(VolumeSpec request) {
    return create(request.body());
  }

  private JsonNode create(ObjectNode body) {
    return engine.object(EngineCall.post("/volumes/create").json(body));
  }

  /** What is to be there; {@code recreate} allows to lose the content of one that differs. */
  record Wanted(VolumeSpec volume, @Nullable Boolean recreate) {}

  /**
   * What came of it.
   *
   * @param before null where there was none
   */
  record Ensured(boolean changed, @Nullable JsonNode before, JsonNode after) {}

  @Op(writes = true)
  Ensured ensureVolume(Wanted request) {
    var spec = request.volume();
    var name = spec.name();
    if (name == null) {
      throw new HearthException(DockerError.PARAMETER, "volumes.ensure", "`name` is missing");
    }
    var before = engine.find(EngineCall.get("/volumes/{}", name)).orElse(null);
    if (before == null) {
      return new Ensured(true, null, create(spec.markedBody()));
    }
    var differences = spec.differences(before);
    if (differences.isEmpty()) {
      return new Ensured(false, before, before);
    }
    if (!Boolean.TRUE.equals(request.recreate())) {
      throw new HearthException(DockerError.VOLUME_DIFFERS, name, String.join(", ", differences))
          .with("differences", differences);
    }
    removeVolume(new Removal(name, null));
    return new Ensured(true, before, create(spec.markedBody()));
  }

  /** A volume that is thrown away; {@code force} also where its driver is no more. */
  record Removal(String name, @Nullable Boolean force) {}

  @Op(writes = true)
  void removeVolume(Removal request) {
    engine.json(
        EngineCall.delete("/volumes/{}", request.name())
            .query("force", request.force())
            .about(DockerError.VOLUME_NOT_FOUND, request.name()));
  }

  /**
   * What is thrown away of what no container uses.
   *
   * @param all those with a name, too
   */
  record Prune(@Nullable Boolean all, @Nullable ObjectNode filters) {}

  @Op(writes = true)
  Reclaimed pruneVolumes(Prune request) {
    var filters =
        request.filters() == null
            ? JsonNodeFactory.instance.objectNode()
            : request.filters().deepCopy();
    boolean isAll = Boolean.TRUE.equals(request.all());
    if (!isAll) {
      // Older engines know no difference, and throw away volumes with a name as well.
      engine.requireAtLeast(1, 42, "`volumes.prune` without `{ all: true }`");
    } else if (engine.version().isAtLeast(1, 42)) {
      filters.putArray("all").add("true");
    }
    return Reclaimed.of(
        engine.whenDone(EngineCall.post("/volumes/prune").query("filters", filters)),
        "VolumesDeleted");
  }
}
