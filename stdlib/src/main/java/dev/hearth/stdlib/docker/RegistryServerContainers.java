package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.HearthException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Containers of Distribution in an engine: made, started and removed. */
final class RegistryServerContainers {
  private static final DockerError MISSING = DockerError.CONTAINER_NOT_FOUND;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final int LOOKS = 300;

  private final Engine engine;
  private final RegistryServerFiles files;
  private final RegistryServerLog log;

  RegistryServerContainers(Engine engine) {
    this.engine = engine;
    this.files = new RegistryServerFiles(engine);
    this.log = new RegistryServerLog(engine);
  }

  RegistryServerFiles files() {
    return files;
  }

  RegistryServerLog log() {
    return log;
  }

  Optional<JsonNode> find(String name) {
    return engine.find(EngineCall.get("/containers/{}/json", name));
  }

  /** The registry of a name; fails for a container that is none. */
  Optional<JsonNode> registry(String name) {
    var found = find(name);
    if (found.filter(one -> !isRegistry(one)).isPresent()) {
      throw new HearthException(RegistryError.REGISTRY_SERVER_OTHER, name);
    }
    return found;
  }

  private static boolean isRegistry(JsonNode container) {
    return container.path("Config").path("Cmd").equals(RegistryServerSpec.command());
  }

  static String id(JsonNode container) {
    return container.path("Id").asText();
  }

  static boolean runs(JsonNode container) {
    return container.path("State").path("Running").asBoolean();
  }

  /**
   * A container with the files of a tar below a folder; nothing is left of one that fails.
   *
   * @param registry what it is for
   */
  String create(String name, JsonNode container, String folder, byte[] tar, String registry) {
    var made =
        engine.json(
            EngineCall.post("/containers/create")
                .query("name", name)
                .json(container)
                .about(DockerError.IMAGE_NOT_FOUND, container.path("Image").asText()));
    var id = id(made);
    return engine
        .afterwards()
        .orElse(
            () -> {
              // Already here the engine mounts the volume, and some are not there.
              explained(registry, () -> files.put(id, folder, tar));
              return id;
            },
            () -> discard(id));
  }

  /** Starts it, and returns when it ended before, as the engine writes it. */
  String start(String id, String registry) {
    var ended = state(id).path("FinishedAt").asText();
    explained(
        registry,
        () -> engine.json(EngineCall.post("/containers/{}/start", id).about(MISSING, id)));
    return ended;
  }

  /** What an engine refuses is why the registry does not run. */
  private static void explained(String registry, Runnable work) {
    try {
      work.run();
    } catch (HearthException e) {
      if (!(e.code() instanceof DockerError) || e.kind() == ErrorKind.INTERRUPTED) {
        throw e;
      }
      var words = String.valueOf(e.details().getOrDefault("message", e.sentence()));
      throw new HearthException(
              RegistryError.REGISTRY_SERVER_FAILED,
              registry,
              words.strip().replaceFirst("\\.$", ""))
          .causedBy(e);
    }
  }

  /** Starts a registry, and waits until it listens. */
  void startAndWait(String id, String name) {
    awaitListening(id, name, start(id, name));
  }

  /**
   * Waits until it listens; one that ends instead is stopped, or it would be started for ever.
   *
   * @param since when it ended before: what it said until then counts for nothing
   */
  void awaitListening(String id, String name, String since) {
    for (int look = 0; look < LOOKS; look++) {
      var state = state(id);
      var said = log.last(id, since);
      if (said.stream().anyMatch(line -> line.contains("listening on "))) {
        return;
      }
      if (state.path("Restarting").asBoolean() || !state.path("Running").asBoolean()) {
        Afterwards.inPeace(() -> stop(id));
        throw failed(name, said);
      }
      pause("starting the registry");
    }
    throw failed(name, log.last(id, since));
  }

  HearthException failed(String name, List<String> said) {
    return new HearthException(
            RegistryError.REGISTRY_SERVER_FAILED, name, RegistryServerLog.reason(said))
        .with("log", String.join("\n", said));
  }

  private JsonNode state(String id) {
    return engine.json(EngineCall.get("/containers/{}/json", id).about(MISSING, id)).path("State");
  }

  private void pause(String what) {
    try {
      engine.clock().sleep(LOOK_AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(DockerError.INTERRUPTED, what).causedBy(e);
    }
  }

  /** Ends it at once, and waits until it has. */
  void kill(String id) {
    var _ = engine.answer(EngineCall.post("/containers/{}/kill", id)); // refused where it ended
    engine.whenDone(EngineCall.post("/containers/{}/wait", id).about(MISSING, id));
  }

  void stop(String id) {
    engine.whenDone(EngineCall.post("/containers/{}/stop", id).about(MISSING, id));
  }

  void rename(String id, String name) {
    engine.json(
        EngineCall.post("/containers/{}/rename", id).query("name", name).about(MISSING, id));
  }

  /** Removes a container; volumes stay, also those without a name. */
  void remove(String id) {
    remove(id, false);
  }

  /** Removes one that never served, with the volumes without a name that it got. */
  void discard(String id) {
    remove(id, true);
  }

  private void remove(String id, boolean withVolumes) {
    var call = EngineCall.delete("/containers/{}", id).query("force", true).query("v", withVolumes);
    var answer = engine.answer(call);
    if (!answer.isGood() && answer.status() != 404) {
      throw Refusals.of(call, answer);
    }
  }
}
