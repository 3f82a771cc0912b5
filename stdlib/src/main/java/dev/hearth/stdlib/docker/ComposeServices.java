package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.docker.compose.ComposeSource;
import dev.hearth.stdlib.docker.compose.Project;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The containers of a project's services: as many as there are to be, each as the model has it. */
final class ComposeServices {
  private final Engine engine;
  private final Project project;
  private final ComposeSource source;
  private final Map<String, ComposeFiles> files = new HashMap<>();

  ComposeServices(Engine engine, Project project, ComposeSource source) {
    this.engine = engine;
    this.project = project;
    this.source = source;
  }

  /** Reads the files that it is given, so that a missing one is told before anything is done. */
  ComposeFiles files(String service) {
    return files.computeIfAbsent(service, name -> ComposeFiles.of(name, engine, project, source));
  }

  private ComposeSpec spec(String service) {
    return new ComposeSpec(project, service, files(service));
  }

  /** What its containers are to be made from. */
  String hash(String service) {
    return spec(service).hash();
  }

  private List<ComposeContainer> containers(String service) {
    return ComposeState.containers(engine, project.name()).stream()
        .filter(each -> each.service().equals(service))
        .toList();
  }

  /**
   * What was done to a service's containers.
   *
   * @param madeAny in the place of another one or not
   */
  record Done(boolean madeAny, boolean replacedAny) {}

  /** Makes, replaces, starts and removes what it takes. */
  Done converge(String service, int scale, ComposeWay.Recreate recreate, @Nullable Duration grace) {
    var spec = spec(service);
    var imageId = ComposeImages.idOf(engine, spec.image());
    var there = withoutDoubles(containers(service), spec.hash(), grace);
    while (there.size() > scale) {
      remove(there.removeLast(), grace);
    }
    boolean isAnew = false;
    boolean isMade = false;
    for (var each : there) {
      boolean differs = !each.hash().equals(spec.hash()) || !each.imageId().equals(imageId);
      boolean isOld =
          recreate == ComposeWay.Recreate.always
              || (recreate == ComposeWay.Recreate.changed && differs);
      if (isOld) {
        replace(each, spec, imageId, grace);
        isAnew = true;
      } else {
        if (each.name().startsWith(each.id().substring(0, 12) + "_")) {
          rename(each.id(), spec.name(each.number()));
        }
        if (!each.isRunning()) {
          start(each.id(), each.name());
        }
      }
    }
    for (int number = 1; there.size() < scale; number++) {
      int free = number;
      if (there.stream().noneMatch(each -> each.number() == free)) {
        var id = make(spec, free, spec.name(free), imageId, List.of());
        start(id, spec.name(free));
        there.add(inspected(id));
        isMade = true;
      }
    }
    return new Done(isMade || isAnew, isAnew);
  }

  /**
   * Of two with one number, which an end in the middle of a replacement leaves, the one that was
   * put aside goes.
   */
  private List<ComposeContainer> withoutDoubles(
      List<ComposeContainer> containers, String hash, @Nullable Duration grace) {
    var kept = new LinkedHashMap<Integer, ComposeContainer>();
    for (var each : containers) {
      var other = kept.putIfAbsent(each.number(), each);
      if (other != null) {
        boolean isBetter = each.hash().equals(hash) && !other.hash().equals(hash);
        kept.put(each.number(), isBetter ? each : other);
        remove(isBetter ? other : each, grace);
      }
    }
    return new ArrayList<>(kept.values());
  }

  private ComposeContainer inspected(String id) {
    return ComposeContainer.of(inspect(id));
  }

  private JsonNode inspect(String id) {
    return engine.json(
        EngineCall.get("/containers/{}/json", id).about(DockerError.CONTAINER_NOT_FOUND, id));
  }

  /**
   * The new one is made before the old one is stopped, and takes over its volumes that have no
   * name. Where it cannot be made, the old one stays as it was.
   */
  private void replace(
      ComposeContainer old, ComposeSpec spec, String imageId, @Nullable Duration grace) {
    var aside = old.id().substring(0, 12) + "_" + old.name();
    var name = spec.name(old.number());
    boolean isSameName = old.name().equals(name);
    if (isSameName) {
      rename(old.id(), aside);
    }
    var id =
        engine
            .afterwards()
            .orElse(
                () -> make(spec, old.number(), name, imageId, anonymousVolumes(old.id())),
                () -> {
                  if (isSameName) {
                    rename(old.id(), old.name());
                  }
                });
    remove(old, grace);
    start(id, name);
  }

  private void rename(String id, String name) {
    engine.json(EngineCall.post("/containers/{}/rename", id).query("name", name));
  }

  private List<ObjectNode> anonymousVolumes(String id) {
    var volumes = new ArrayList<ObjectNode>();
    for (var mount : inspect(id).path("Mounts")) {
      if (mount.path("Type").asText().equals("volume") && ContainerEnsure.isWithoutName(mount)) {
        volumes.add(
            Engine.MAPPER
                .createObjectNode()
                .put("Type", "volume")
                .put("Source", mount.path("Name").asText())
                .put("Target", mount.path("Destination").asText()));
      }
    }
    return volumes;
  }

  private String make(
      ComposeSpec spec, int number, String name, String imageId, List<ObjectNode> volumes) {
    var container = spec.container(number, imageId, this::shared);
    container.requireOf(engine);
    var body = container.creation();
    volumes.forEach(
        volume -> {
          var target = volume.path("Target").asText();
          if (!spec.mounts(target)) {
            body.withObject("/HostConfig").withArray("/Mounts").add(volume);
          }
        });
    var id =
        engine
            .json(
                EngineCall.post("/containers/create")
                    .query("name", name)
                    .query("platform", container.platform())
                    .json(body))
            .path("Id")
            .asText();
    engine
        .afterwards()
        .orElse(
            () -> {
              container
                  .connections()
                  .forEach(
                      (network, endpoint) ->
                          engine.json(NetworkOps.connecting(network, id, endpoint)));
              files(spec.service()).putInto(engine, id);
            },
            () -> discard(id));
    return id;
  }

  /** What was made half is not left behind. */
  private void discard(String id) {
    engine.answer(EngineCall.delete("/containers/{}", id).query("force", true).query("v", true));
  }

  /** The container of a service whose namespace another one is to share. */
  private String shared(String service) {
    return containers(service).stream()
        .findFirst()
        .map(ComposeContainer::id)
        .orElseThrow(
            () ->
                new HearthException(
                    DockerError.CONTAINER_NOT_FOUND, project.name() + "-" + service));
  }

  void start(String service) {
    containers(service).stream()
        .filter(each -> !each.isRunning())
        .forEach(each -> start(each.id(), each.name()));
  }

  private void start(String id, String name) {
    engine.json(
        EngineCall.post("/containers/{}/start", id).about(DockerError.CONTAINER_NOT_FOUND, name));
  }

  void stop(String service, @Nullable Duration grace) {
    containers(service).stream()
        .filter(ComposeContainer::isRunning)
        .forEach(each -> stop(each, grace));
  }

  private void stop(ComposeContainer container, @Nullable Duration grace) {
    engine.whenDone(
        EngineCall.post("/containers/{}/stop", container.id())
            .query("t", seconds(grace))
            .about(DockerError.CONTAINER_NOT_FOUND, container.name()));
  }

  void restart(String service, @Nullable Duration grace) {
    for (var each : containers(service)) {
      engine.whenDone(
          EngineCall.post("/containers/{}/restart", each.id())
              .query("t", seconds(grace))
              .about(DockerError.CONTAINER_NOT_FOUND, each.name()));
    }
  }

  /** Stops and removes one. Volumes stay, those without a name too. */
  void remove(ComposeContainer container, @Nullable Duration grace) {
    if (container.isRunning()) {
      stop(container, grace);
    }
    engine.json(
        EngineCall.delete("/containers/{}", container.id())
            .query("force", true)
            .about(DockerError.CONTAINER_NOT_FOUND, container.name()));
  }

  private static @Nullable Long seconds(@Nullable Duration grace) {
    return Optional.ofNullable(grace)
        .map(time -> Math.ceilDiv(time.toMillis(), 1000L))
        .orElse(null);
  }
}
