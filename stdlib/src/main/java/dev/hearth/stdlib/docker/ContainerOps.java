package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.JsonText;
import dev.hearth.runtime.spi.Op;
import dev.hearth.stdlib.json.FieldSelection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Containers: what they are, and their life. */
final class ContainerOps {
  private static final DockerError MISSING = DockerError.CONTAINER_NOT_FOUND;

  /**
   * An engine starts few containers at a time, and those that wait for it would hold connections
   * that others need.
   */
  private static final int STARTS_AT_ONCE = 16;

  private static final Duration STATE_TOLD_WITHIN = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final Engine engine;
  private final Semaphore starts = new Semaphore(STARTS_AT_ONCE, true);

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
   * @param select the paths of the fields that are wanted
   */
  record Listing(
      @Nullable Boolean all,
      @Nullable Integer limit,
      @Nullable Boolean size,
      @Nullable ObjectNode filters,
      @Nullable List<String> select) {}

  @Op
  JsonText listContainers(Listing request) {
    var call =
        EngineCall.get("/containers/json")
            .query("all", request.all())
            .query("limit", request.limit())
            .query("size", request.size())
            .query("filters", request.filters());
    return engine.listText(call, FieldSelection.of(request.select()));
  }

  /** A container by its name or id. */
  record Named(String name) {}

  @Op
  JsonNode inspectContainer(Named request) {
    return inspect(request.name());
  }

  JsonNode inspect(String name) {
    return engine.object(EngineCall.get("/containers/{}/json", name).about(MISSING, name));
  }

  /** Empty when there is none. */
  Optional<JsonNode> find(String name) {
    return engine.find(EngineCall.get("/containers/{}/json", name));
  }

  private static EngineCall post(String name, String verb) {
    return EngineCall.post("/containers/{}/" + verb, name).about(MISSING, name);
  }

  @Op(writes = true)
  JsonNode startContainer(Named request) {
    start(request.name());
    return inspect(request.name());
  }

  void start(String name) {
    try {
      starts.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(DockerError.INTERRUPTED, "start " + name).causedBy(e);
    }
    try {
      engine.json(post(name, "start"));
    } catch (HearthException e) {
      if (e.code() == MISSING || e.code() == DockerError.DENIED || !hasWords(e)) {
        throw e;
      }
      var failure = new HearthException(DockerError.CONTAINER_STATE, name, words(e)).causedBy(e);
      e.details().forEach(failure::with);
      throw failure;
    } finally {
      starts.release();
    }
  }

  private static boolean hasWords(HearthException e) {
    return e.details().containsKey("message");
  }

  private static String words(HearthException e) {
    return String.valueOf(e.details().get("message"));
  }

  /**
   * The end of a container.
   *
   * @param grace between the first signal and SIGKILL; absent: as the container says, or 10 s
   * @param signal the first one; absent: as the container says, or SIGTERM
   */
  record Stopping(String name, @Nullable Duration grace, @Nullable String signal) {
    private EngineCall call(String verb) {
      var call = post(name, verb).query("signal", signal);
      return grace == null ? call : call.query("t", Math.ceilDiv(grace.toMillis(), 1000));
    }
  }

  /** Null when it was to be removed with its end. */
  @Op(writes = true)
  @Nullable JsonNode stopContainer(Stopping request) {
    requireSignalOf(request);
    engine.whenDone(request.call("stop"));
    return find(request.name()).orElse(null);
  }

  @Op(writes = true)
  JsonNode restartContainer(Stopping request) {
    requireSignalOf(request);
    engine.whenDone(request.call("restart"));
    return inspect(request.name());
  }

  private void requireSignalOf(Stopping request) {
    if (request.signal() != null) {
      engine.requireAtLeast(1, 42, "`signal`");
    }
  }

  /** A signal, by its name or number; absent: SIGKILL. */
  record Killing(String name, @Nullable String signal) {}

  @Op(writes = true)
  void killContainer(Killing request) {
    whileRunning(
        request.name(),
        () -> engine.json(post(request.name(), "kill").query("signal", request.signal())));
  }

  @Op(writes = true)
  JsonNode pauseContainer(Named request) {
    return paused(request.name(), true);
  }

  @Op(writes = true)
  JsonNode unpauseContainer(Named request) {
    return paused(request.name(), false);
  }

  /**
   * Engines refuse to pause what is paused, and hear a moment later from what runs the container
   * how it is: until then they may tell what was before.
   */
  private JsonNode paused(String name, boolean isPaused) {
    HearthException refusal = null;
    try {
      whileRunning(name, () -> engine.json(post(name, isPaused ? "pause" : "unpause")));
    } catch (HearthException e) {
      if (!isRefusal(e)) {
        throw e;
      }
      refusal = e;
    }
    var due = engine.clock().nanoTime() + STATE_TOLD_WITHIN.toNanos();
    while (true) {
      var container = inspect(name);
      if (container.at("/State/Paused").asBoolean() == isPaused) {
        return container;
      }
      if (engine.clock().nanoTime() - due > 0) {
        throw refusal != null
            ? refusal
            : new HearthException(
                    DockerError.CONTAINER_TIMEOUT,
                    name,
                    isPaused ? "paused" : "unpaused",
                    DurationText.format(STATE_TOLD_WITHIN))
                .hint("The engine took it and still tells the old state: look at its own log.");
      }
      try {
        engine.clock().sleep(LOOK_AGAIN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new HearthException(DockerError.INTERRUPTED, "pause " + name).causedBy(e);
      }
    }
  }

  /** Whether an engine said no because of what the container is; Podman says 500. */
  static boolean isRefusal(HearthException e) {
    return e.code() == DockerError.CONFLICT || e.code() == DockerError.ENGINE_FAILED;
  }

  /** Work on a container that has to run; when it fails and that is why, it says so. */
  <T> T whileRunning(String name, Supplier<T> work) {
    try {
      return work.get();
    } catch (HearthException e) {
      if (!isRefusal(e)) {
        throw e;
      }
      var state = inspect(name).path("State");
      throw state.path("Running").asBoolean()
          ? e
          : new HearthException(
                  DockerError.CONTAINER_NOT_RUNNING, name, state.path("Status").asText("stopped"))
              .causedBy(e);
    }
  }

  /** Another name. */
  record Renaming(String name, String to) {}

  @Op(writes = true)
  void renameContainer(Renaming request) {
    try {
      engine.json(post(request.name(), "rename").query("name", request.to()));
    } catch (HearthException e) {
      throw isRefusal(e) && find(request.to()).isPresent()
          ? new HearthException(DockerError.CONTAINER_EXISTS, request.to()).causedBy(e)
          : e;
    }
  }

  /** Limits and the restart policy, in the keys of a specification. */
  record Update(String name, ObjectNode spec) {}

  @Op(writes = true)
  JsonNode updateContainer(Update request) {
    update(request.name(), ContainerSpec.update(request.spec()));
    return inspect(request.name());
  }

  /** Changes what the API can change while it stays the same container. */
  void update(String name, ObjectNode resources) {
    try {
      engine.json(post(name, "update").json(resources));
    } catch (HearthException e) {
      throw e.code() == MISSING && find(name).isPresent()
          ? new HearthException(DockerError.UNSUPPORTED, "update a container")
              .hint("Make the container anew with `containers.ensure`, or update the engine.")
              .causedBy(e)
          : e;
    }
  }

  /**
   * The end of a container for good.
   *
   * @param force also while it runs
   * @param volumes with those of its volumes that have no name
   */
  record Removal(String name, @Nullable Boolean force, @Nullable Boolean volumes) {}

  @Op(writes = true)
  void removeContainer(Removal request) {
    remove(request);
  }

  void remove(Removal request) {
    try {
      engine.whenDone(
          EngineCall.delete("/containers/{}", request.name())
              .query("force", request.force())
              .query("v", request.volumes())
              .about(MISSING, request.name()));
    } catch (HearthException e) {
      if (!isRefusal(e)) {
        throw e;
      }
      var there = find(request.name());
      if (there.isEmpty()) {
        return; // somebody else was removing it
      }
      var state = there.get().path("State");
      if (state.path("Status").asText().equals("removing")) {
        engine.whenDone(post(request.name(), "wait").query("condition", "removed"));
        return;
      }
      var isKept = state.path("Running").asBoolean() && !Boolean.TRUE.equals(request.force());
      throw isKept
          ? new HearthException(DockerError.CONTAINER_RUNNING, request.name()).causedBy(e)
          : e;
    }
  }

  /**
   * What is waited for.
   *
   * @param condition {@code not-running}, {@code next-exit} or {@code removed}
   */
  record Waiting(String name, @Nullable String condition, @Nullable Duration timeout) {}

  /** The exit status. It changes nothing. */
  @Op
  long waitForContainer(Waiting request) {
    var condition = request.condition() == null ? "not-running" : request.condition();
    if (!Set.of("not-running", "next-exit", "removed").contains(condition)) {
      throw new HearthException(DockerError.OPTION_VALUE, "condition", condition, "condition")
          .hint("It is one of `not-running`, `next-exit`, `removed`.");
    }
    return Deadline.within(
        engine.clock(),
        request.timeout(),
        () -> waitFor(request.name(), condition),
        () ->
            new HearthException(
                DockerError.CONTAINER_TIMEOUT,
                request.name(),
                condition.equals("removed") ? "removed" : "over",
                DurationText.format(Objects.requireNonNull(request.timeout()))));
  }

  /** An engine that stops while one waits says nothing of a status, which is no success. */
  long waitFor(String name, String condition) {
    var call = post(name, "wait").query("condition", condition);
    var answer = engine.whenDone(call);
    var failure = answer.path("Error").path("Message").asText("");
    if (!failure.isEmpty()) {
      throw new HearthException(DockerError.ENGINE_FAILED, call, failure);
    }
    var status = answer.path("StatusCode");
    if (!status.isNumber()) {
      throw new HearthException(DockerError.BROKE_OFF, call);
    }
    return status.asLong();
  }

  /**
   * Which of those that do not run are removed.
   *
   * @param filters in the API's own words
   */
  record Pruning(@Nullable ObjectNode filters) {}

  @Op(writes = true)
  JsonNode pruneContainers(Pruning request) {
    var said =
        engine.whenDone(EngineCall.post("/containers/prune").query("filters", request.filters()));
    var result = JsonNodeFactory.instance.objectNode();
    var deleted = said.path("ContainersDeleted");
    result.set(
        "ContainersDeleted", deleted.isArray() ? deleted : JsonNodeFactory.instance.arrayNode());
    return result.put("SpaceReclaimed", said.path("SpaceReclaimed").asLong());
  }
}
