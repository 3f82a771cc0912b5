package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A registry of one's own in a container: made, changed, and tidied. */
final class RegistryServerOps {
  private static final int SHORT_ID = 12;

  private final Engine engine;
  private final RegistryServerContainers containers;
  private final RegistryGarbage garbage;

  RegistryServerOps(Engine engine) {
    this.engine = engine;
    this.containers = new RegistryServerContainers(engine);
    this.garbage = new RegistryGarbage(engine, containers);
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
    var found = containers.registry(spec.name());
    var _ = garbage.requireNoneRuns(spec.name());
    if (found.isEmpty()) {
      return new Ensured(true, true, List.of(), created(spec));
    }
    var before = found.get();
    var changes = differences(before, spec);
    if (!changes.isEmpty()) {
      return new Ensured(true, false, changes, replaced(before, spec));
    }
    var id = RegistryServerContainers.id(before);
    boolean runs = RegistryServerContainers.runs(before);
    if (!runs) {
      containers.startAndWait(id, spec.name());
    }
    return new Ensured(!runs, false, runs ? List.of() : List.of("state"), id);
  }

  private String created(RegistryServerSpec spec) {
    var id =
        containers.create(
            spec.name(), spec.container(), "/", containers.files().tarOf(spec), spec.name());
    return engine
        .afterwards()
        .orElse(
            () -> {
              containers.startAndWait(id, spec.name());
              return id;
            },
            () -> containers.discard(id));
  }

  /**
   * Another one in its place. Both want the port, so the old one stops first; where the new one
   * does not serve, the old one is there again as it was.
   */
  private String replaced(JsonNode before, RegistryServerSpec spec) {
    var old = RegistryServerContainers.id(before);
    var name = spec.name();
    var spare = name + "-" + old.substring(0, Math.min(SHORT_ID, old.length()));
    containers
        .registry(spare + "-new") // of a run that was ended by force
        .ifPresent(left -> containers.discard(RegistryServerContainers.id(left)));
    try {
      var fresh =
          containers.create(
              spare + "-new", spec.container(), "/", containers.files().tarOf(spec), name);
      var id =
          engine
              .afterwards()
              .orElse(
                  () -> {
                    containers.stop(old);
                    containers.rename(old, spare);
                    containers.rename(fresh, name);
                    containers.startAndWait(fresh, name);
                    return fresh;
                  },
                  () -> restore(before, fresh, name));
      Afterwards.inPeace(() -> containers.remove(old));
      return id;
    } catch (HearthException e) {
      throw e.kind() == ErrorKind.INTERRUPTED || e.getSuppressed().length > 0
          ? e
          : e.hint("Correct what is wanted; the registry that was there is as it was.");
    }
  }

  private void restore(JsonNode before, String fresh, String name) {
    var old = RegistryServerContainers.id(before);
    containers.discard(fresh);
    var known = containers.find(old).map(one -> one.path("Name").asText());
    if (known.isPresent() && !known.get().equals("/" + name) && !known.get().equals(name)) {
      containers.rename(old, name);
    }
    if (RegistryServerContainers.runs(before)) {
      containers.start(old, name);
    }
  }

  private List<String> differences(JsonNode container, RegistryServerSpec spec) {
    var wanted = spec.container();
    var found = new ArrayList<String>();
    var image = engine.json(EngineCall.get("/images/{image}/json", spec.image()));
    differ(found, "image", image.path("Id"), container.path("Image"));
    var host = container.path("HostConfig");
    differ(found, "port", ports(wanted.path("HostConfig")), ports(host));
    differ(found, "storage", sources(wanted.path("HostConfig")), sources(host));
    var files = containers.files().read(RegistryServerContainers.id(container));
    differ(found, "configuration", spec.config(), files.get(RegistryServerSpec.CONFIG));
    var tls = spec.tls();
    differ(
        found,
        "certificate",
        tls == null ? null : tls.certificate(),
        files.get(RegistryServerSpec.CERTIFICATE));
    differ(found, "key", tls == null ? null : tls.key(), files.get(RegistryServerSpec.KEY));
    var users = spec.users() == null ? Map.<String, String>of() : spec.users();
    if (!RegistryUsers.isOf(files.getOrDefault(RegistryServerSpec.USERS, ""), users)) {
      found.add("users");
    }
    return found;
  }

  private static void differ(
      List<String> found, String what, @Nullable Object wanted, @Nullable Object there) {
    if (!Objects.equals(wanted, there)) {
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

  /**
   * Which registry to tidy.
   *
   * @param untagged whether images without a tag go, too
   */
  record Collection(String name, @Nullable Boolean untagged) {}

  /** The blobs and manifests that are gone. */
  record Collected(List<String> deleted) {}

  /** Deletes what nothing names any more, while the registry does not run. */
  @Op(writes = true)
  Collected collectRegistryGarbage(Collection request) {
    var name = request.name();
    var registry =
        containers
            .registry(name)
            .orElseThrow(() -> new HearthException(DockerError.CONTAINER_NOT_FOUND, name));
    return new Collected(garbage.collect(registry, name, Boolean.TRUE.equals(request.untagged())));
  }
}
