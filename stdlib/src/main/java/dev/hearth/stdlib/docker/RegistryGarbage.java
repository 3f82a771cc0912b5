package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tidies a registry by a container like its own, which has its files and its volume. The registry
 * does not run meanwhile: what is pushed then would be lost. It serves again however that ends;
 * where this program ended with it, the next collection knows that it served by a label.
 */
final class RegistryGarbage {
  private static final String SERVED = "dev.hearth.registry.served";
  private static final String FOUND = "eligible for deletion: ";
  private static final String MANIFEST = "manifest ";
  private static final String NEEDED = ": marking blob ";
  private static final int MOST_SHOWN = 20;
  private static final long ANSWER_BYTES = 1L << 20;

  private final Engine engine;
  private final RegistryServerContainers containers;

  RegistryGarbage(Engine engine, RegistryServerContainers containers) {
    this.engine = engine;
    this.containers = containers;
  }

  private static String containerOf(String name) {
    return name + "-garbage";
  }

  /** Fails while somebody tidies the registry, which must not start then. */
  Optional<JsonNode> requireNoneRuns(String name) {
    var there = containers.find(containerOf(name));
    if (there.filter(RegistryServerContainers::runs).isPresent()) {
      throw new HearthException(RegistryError.REGISTRY_SERVER_BUSY, name, containerOf(name));
    }
    return there;
  }

  /** The blobs and manifests that are gone. */
  List<String> collect(JsonNode registry, String name, boolean untagged) {
    var id = RegistryServerContainers.id(registry);
    var left = requireNoneRuns(name);
    boolean served =
        RegistryServerContainers.runs(registry)
            || left.filter(one -> one.at("/Config/Labels").has(SERVED)).isPresent();
    left.ifPresent(one -> containers.discard(RegistryServerContainers.id(one)));
    if (isEmpty(registry)) {
      if (served && !RegistryServerContainers.runs(registry)) {
        containers.startAndWait(id, name);
      }
      return List.of();
    }
    var since = new AtomicReference<@Nullable String>();
    var made = new ArrayDeque<String>();
    var deleted =
        engine
            .afterwards()
            .of(
                () -> {
                  containers.stop(id);
                  return swept(registry, name, untagged, served, made);
                },
                () -> {
                  try { // the registry first: who stops a run does not wait for long
                    made.forEach(containers::kill);
                    if (served) {
                      since.set(containers.start(id, name));
                    }
                  } finally {
                    made.forEach(containers::discard);
                  }
                });
    var ended = since.get();
    if (ended != null) {
      containers.awaitListening(id, name, ended);
    }
    return deleted;
  }

  /** Whether nothing was ever pushed into its volume, which Distribution takes for a failure. */
  private boolean isEmpty(JsonNode registry) {
    var call =
        CopyOps.archive(
            "HEAD", RegistryServerContainers.id(registry), RegistryServerSpec.REPOSITORIES);
    return !registry.path("HostConfig").path("Mounts").isEmpty()
        && engine.answer(call).status() == 404;
  }

  private List<String> swept(
      JsonNode registry, String name, boolean untagged, boolean served, Deque<String> made) {
    if (untagged) {
      var trial = container(registry, served, "--delete-untagged", "--dry-run");
      requireWhole(run(registry, name, trial, made), name);
      containers.discard(made.pop());
    }
    var work =
        untagged ? container(registry, served, "--delete-untagged") : container(registry, served);
    return run(registry, name, work, made).stream()
        .filter(line -> line.contains(FOUND))
        .map(line -> line.substring(line.indexOf(FOUND) + FOUND.length()).strip())
        .toList();
  }

  /**
   * Distribution 2 takes the images of an index for untagged, since only the index has the tag:
   * with them the index would be lost.
   */
  private static void requireWhole(List<String> said, String name) {
    var needed =
        said.stream()
            .filter(line -> line.contains(NEEDED))
            .map(line -> line.substring(line.indexOf(NEEDED) + NEEDED.length()).strip())
            .collect(Collectors.toSet());
    var lost =
        said.stream()
            .filter(line -> line.contains(MANIFEST + FOUND))
            .map(line -> line.substring(line.indexOf(FOUND) + FOUND.length()).strip())
            .filter(needed::contains)
            .toList();
    if (!lost.isEmpty()) {
      throw new HearthException(RegistryError.REGISTRY_GARBAGE_NEEDED, name, lost.size())
          .with("images", lost.stream().limit(MOST_SHOWN).toList());
    }
  }

  private static JsonNode container(JsonNode registry, boolean served, String... options) {
    var body = Engine.MAPPER.createObjectNode();
    body.put("Image", registry.path("Image").asText());
    body.set("Env", registry.path("Config").path("Env"));
    var command = body.putArray("Cmd").add("garbage-collect");
    List.of(options).forEach(command::add);
    command.add(RegistryServerSpec.CONFIG);
    if (served) {
      body.putObject("Labels").put(SERVED, "true");
    }
    body.putObject("HostConfig").set("Mounts", registry.path("HostConfig").path("Mounts"));
    return body;
  }

  /** What it says of what it marks, and of what it finds. */
  private List<String> run(JsonNode registry, String name, JsonNode container, Deque<String> made) {
    var files = containers.files().archive(RegistryServerContainers.id(registry));
    var garbage = containers.create(containerOf(name), container, "/etc", files, name);
    made.push(garbage);
    containers.start(garbage, name);
    int status = ended(garbage);
    if (status != 0) {
      throw containers.failed(name, containers.log().last(garbage, ""));
    }
    var said = new ArrayList<String>();
    containers
        .log()
        .each(
            garbage,
            "",
            line -> {
              if (line.contains(FOUND) || line.contains(NEEDED)) {
                said.add(line);
              }
            });
    return said;
  }

  /** How it ended, however long that takes. */
  private int ended(String garbage) {
    var call =
        EngineCall.post("/containers/{}/wait", garbage)
            .about(DockerError.CONTAINER_NOT_FOUND, garbage);
    try (var answer = engine.stream(call)) {
      return Engine.MAPPER.readTree(answer.body().bytes(ANSWER_BYTES)).path("StatusCode").asInt(-1);
    } catch (IOException e) {
      throw new HearthException(DockerError.NOT_DOCKER, engine.place()).causedBy(e);
    }
  }
}
