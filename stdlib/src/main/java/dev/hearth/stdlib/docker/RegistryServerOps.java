package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.spi.Op;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/** A registry of one's own in a container: made, changed, and tidied. */
final class RegistryServerOps {
  private static final DockerError MISSING = DockerError.CONTAINER_NOT_FOUND;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final int LOOKS = 300;
  private static final long FILE_BYTES = 4L * 1024 * 1024;
  private static final int PRIVATE = 0600;

  private final Engine engine;

  RegistryServerOps(Engine engine) {
    this.engine = engine;
  }

  /**
   * What was done.
   *
   * @param changes what differed, in words: {@code image}, {@code port}, {@code configuration},
   *     {@code users}, {@code certificate} …; empty for a registry that was not there
   */
  record Ensured(boolean changed, boolean created, List<String> changes, String id) {}

  /** Makes it, or makes it anew where something differs; what it keeps is in its volume. */
  @Op(writes = true)
  Ensured ensureRegistryServer(RegistryServerSpec given) {
    var spec = given.checked();
    var before = find(spec.name());
    var changes = before.map(container -> differences(container, spec)).orElse(List.of());
    if (before.isPresent() && changes.isEmpty()) {
      var id = before.get().path("Id").asText();
      boolean runs = before.get().path("State").path("Running").asBoolean();
      if (!runs) {
        start(id, spec.name());
      }
      return new Ensured(!runs, false, runs ? List.of() : List.of("state"), id);
    }
    before.ifPresent(container -> remove(container.path("Id").asText()));
    var id = create(spec.name(), spec.container(), "/", tar(spec));
    start(id, spec.name());
    return new Ensured(true, before.isEmpty(), changes, id);
  }

  private Optional<JsonNode> find(String name) {
    var answer = engine.answer(EngineCall.get("/containers/{}/json", name));
    if (answer.status() == 404) {
      return Optional.empty();
    }
    if (!answer.isGood()) {
      throw Refusals.of(EngineCall.get("/containers/{}/json", name), answer);
    }
    return Optional.of(answer.body());
  }

  private List<String> differences(JsonNode container, RegistryServerSpec spec) {
    var wanted = spec.container();
    var id = container.path("Id").asText();
    if (!container.path("Config").path("Cmd").equals(wanted.path("Cmd"))) {
      throw new HearthException(RegistryError.REGISTRY_SERVER_OTHER, spec.name());
    }
    var found = new ArrayList<String>();
    var image = engine.json(EngineCall.get("/images/{image}/json", spec.image()));
    differ(found, "image", image.path("Id"), container.path("Image"));
    var host = container.path("HostConfig");
    differ(found, "port", ports(wanted.path("HostConfig")), ports(host));
    differ(found, "storage", sources(wanted.path("HostConfig")), sources(host));
    var files = files(id);
    same(found, "configuration", files.get(RegistryServerSpec.CONFIG), spec.config());
    var tls = spec.tls();
    same(
        found,
        "certificate",
        files.get(RegistryServerSpec.CERTIFICATE),
        tls == null ? null : tls.certificate());
    same(found, "key", files.get(RegistryServerSpec.KEY), tls == null ? null : tls.key());
    var users = spec.users() == null ? Map.<String, String>of() : spec.users();
    if (!RegistryUsers.isOf(files.getOrDefault(RegistryServerSpec.USERS, ""), users)) {
      found.add("users");
    }
    return found;
  }

  private static void differ(List<String> found, String what, Object wanted, Object there) {
    if (!wanted.equals(there)) {
      found.add(what);
    }
  }

  private static void same(
      List<String> found, String what, @Nullable String there, @Nullable String wanted) {
    if (!Objects.equals(there, wanted)) {
      found.add(what);
    }
  }

  private static String ports(JsonNode host) {
    var binding = host.path("PortBindings").path(RegistryServerSpec.PORT + "/tcp").path(0);
    var address = binding.path("HostIp").asText("");
    return (address.equals("0.0.0.0") ? "" : address) + ":" + binding.path("HostPort").asText();
  }

  private static String sources(JsonNode host) {
    return host.path("Mounts").path(0).path("Source").asText("");
  }

  /** The files that were put into it, by their paths. */
  private Map<String, String> files(String id) {
    var files = new TreeMap<String, String>();
    try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(archive(id)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile()) {
          files.put(
              "/etc/" + entry.getName(), new String(tar.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
      return files;
    } catch (IOException e) {
      throw new HearthException(DockerError.NOT_DOCKER, engine.place()).causedBy(e);
    }
  }

  private byte[] archive(String id) {
    var call =
        EngineCall.get("/containers/{}/archive", id)
            .query("path", RegistryServerSpec.FOLDER)
            .about(MISSING, id);
    try (var answer = engine.stream(call)) {
      return answer.body().bytes(FILE_BYTES);
    }
  }

  /** A container with the files of a tar below a folder. */
  private String create(String name, JsonNode container, String folder, byte[] tar) {
    var made =
        engine.json(
            EngineCall.post("/containers/create")
                .query("name", name)
                .json(container)
                .about(DockerError.IMAGE_NOT_FOUND, container.path("Image").asText()));
    var id = made.path("Id").asText();
    try {
      engine.json(
          EngineCall.of("PUT", "/containers/{}/archive", id)
              .query("path", folder)
              .header("Content-Type", "application/x-tar")
              .body(HttpBody.of(tar)));
      return id;
    } catch (HearthException e) {
      remove(id);
      throw e;
    }
  }

  private static byte[] tar(RegistryServerSpec spec) {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
      var folder = new TarArchiveEntry(RegistryServerSpec.FOLDER.substring(1) + "/");
      folder.setMode(TarArchiveEntry.DEFAULT_DIR_MODE);
      tar.putArchiveEntry(folder);
      tar.closeArchiveEntry();
      add(tar, RegistryServerSpec.CONFIG, spec.config());
      var tls = spec.tls();
      if (tls != null) {
        add(tar, RegistryServerSpec.CERTIFICATE, tls.certificate());
        add(tar, RegistryServerSpec.KEY, tls.key());
      }
      var users = spec.users();
      if (users != null && spec.hasUsers()) {
        add(tar, RegistryServerSpec.USERS, RegistryUsers.file(users));
      }
    } catch (IOException e) {
      throw new IllegalStateException("Writing to an array does no output.", e);
    }
    return bytes.toByteArray();
  }

  private static void add(TarArchiveOutputStream tar, String path, String content)
      throws IOException {
    var data = content.getBytes(StandardCharsets.UTF_8);
    var entry = new TarArchiveEntry(path.substring(1));
    entry.setSize(data.length);
    entry.setMode(PRIVATE);
    tar.putArchiveEntry(entry);
    tar.write(data);
    tar.closeArchiveEntry();
  }

  /** Starts it, and waits until it listens. */
  private void start(String id, String name) {
    // What it says from now on, and not what it said when it ran before.
    var ended = state(id).path("FinishedAt").asText();
    engine.json(EngineCall.post("/containers/{}/start", id).about(MISSING, id));
    for (int look = 0; look < LOOKS; look++) {
      var state = state(id);
      var said = said(id, ended);
      if (said.contains("listening on ")) {
        return;
      }
      if (state.path("Restarting").asBoolean() || !state.path("Running").asBoolean()) {
        engine.answer(EngineCall.post("/containers/{}/stop", id));
        throw new HearthException(RegistryError.REGISTRY_SERVER_FAILED, name)
            .with("log", said.strip());
      }
      pause("starting the registry");
    }
    throw new HearthException(RegistryError.REGISTRY_SERVER_FAILED, name)
        .with("log", said(id, "").strip());
  }

  private JsonNode state(String id) {
    return engine.json(EngineCall.get("/containers/{}/json", id).about(MISSING, id)).path("State");
  }

  /**
   * What a container has said; the frames that the engine puts around it are dropped.
   *
   * @param since a time as the engine writes it; empty for all
   */
  private String said(String id, String since) {
    var call =
        EngineCall.get("/containers/{}/logs", id)
            .query("stdout", true)
            .query("stderr", true)
            .query("tail", 200)
            .query("since", since.isEmpty() ? null : seconds(since))
            .about(MISSING, id);
    try (var answer = engine.stream(call)) {
      var text = new String(answer.body().bytes(FILE_BYTES), StandardCharsets.UTF_8);
      return text.replaceAll("(?s)[\\x00-\\x02]\\x00\\x00\\x00.{4}", "");
    }
  }

  /** As the API takes times: seconds with their fraction; the engine's year 1 is never. */
  private static String seconds(String time) {
    var instant = Instant.parse(time);
    long seconds = Math.max(0, instant.getEpochSecond());
    return "%d.%09d".formatted(seconds, instant.getNano());
  }

  private void pause(String what) {
    try {
      engine.clock().sleep(LOOK_AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(DockerError.INTERRUPTED, what).causedBy(e);
    }
  }

  private void remove(String id) {
    var call = EngineCall.delete("/containers/{}", id).query("force", true);
    var answer = engine.answer(call);
    if (!answer.isGood() && answer.status() != 404) {
      throw Refusals.of(call, answer);
    }
  }

  /**
   * Which registry to tidy.
   *
   * @param untagged whether images without a tag go, too
   */
  record Collection(String name, @Nullable Boolean untagged) {}

  /** The blobs and manifests that are gone. */
  record Collected(List<String> deleted) {}

  /**
   * Deletes what nothing names any more. The registry does not run meanwhile: what is pushed then
   * would be lost.
   */
  @Op(writes = true)
  Collected collectRegistryGarbage(Collection request) {
    var name = request.name();
    var container = find(name).orElseThrow(() -> new HearthException(MISSING, name));
    if (!container.path("Config").path("Cmd").equals(RegistryServerSpec.command())) {
      throw new HearthException(RegistryError.REGISTRY_SERVER_OTHER, name);
    }
    var id = container.path("Id").asText();
    if (isEmpty(container)) {
      return new Collected(List.of()); // which Distribution takes for a failure
    }
    boolean ran = container.path("State").path("Running").asBoolean();
    engine.json(EngineCall.post("/containers/{}/stop", id).about(MISSING, id));
    try {
      return collect(container, name, Boolean.TRUE.equals(request.untagged()));
    } finally {
      if (ran) {
        start(id, name);
      }
    }
  }

  /** Whether nothing was ever pushed into its volume. */
  private boolean isEmpty(JsonNode container) {
    var call =
        EngineCall.of("HEAD", "/containers/{}/archive", container.path("Id").asText())
            .query("path", RegistryServerSpec.REPOSITORIES);
    return !container.path("HostConfig").path("Mounts").isEmpty()
        && engine.answer(call).status() == 404;
  }

  /** By a container like the registry's own, which has its files and its volume. */
  private Collected collect(JsonNode registry, String name, boolean untagged) {
    var body = Engine.MAPPER.createObjectNode();
    body.put("Image", registry.path("Image").asText());
    body.set("Env", registry.path("Config").path("Env"));
    var command = body.putArray("Cmd").add("garbage-collect");
    if (untagged) {
      command.add("--delete-untagged");
    }
    command.add(RegistryServerSpec.CONFIG);
    body.putObject("HostConfig").set("Mounts", registry.path("HostConfig").path("Mounts"));
    var files = archive(registry.path("Id").asText());
    var id = create(name + "-garbage", body, "/etc", files);
    try {
      engine.json(EngineCall.post("/containers/{}/start", id).about(MISSING, id));
      var waited = EngineCall.post("/containers/{}/wait", id).about(MISSING, id);
      int status = waited(waited);
      var said = said(id, "");
      if (status != 0) {
        throw new HearthException(RegistryError.REGISTRY_SERVER_FAILED, name)
            .with("log", said.strip());
      }
      return new Collected(
          said.lines()
              .filter(line -> line.contains("eligible for deletion: "))
              .map(line -> line.replaceFirst(".*eligible for deletion: ", "").strip())
              .toList());
    } finally {
      remove(id);
    }
  }

  /** How it ended, however long that takes. */
  private int waited(EngineCall call) {
    try (var answer = engine.stream(call)) {
      return Engine.MAPPER.readTree(answer.body().bytes(FILE_BYTES)).path("StatusCode").asInt(-1);
    } catch (IOException e) {
      throw new HearthException(DockerError.NOT_DOCKER, engine.place()).causedBy(e);
    }
  }
}
