package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes containers what they are said to be: as they are where that is so, changed in place where
 * the engine can, else made anew. The new one is made before the old one stops, takes its name and
 * its volumes without a name, and where it does not start the old one is there again.
 */
final class ContainerEnsure {
  private final Engine engine;
  private final ContainerOps containers;
  private final ContainerMaking making;

  ContainerEnsure(Engine engine, ContainerOps containers, ContainerMaking making) {
    this.engine = engine;
    this.containers = containers;
    this.making = making;
  }

  /**
   * What came of it.
   *
   * @param changes keys of the specification that differed, {@code created} or {@code started}
   * @param recreated whether it is another container than before
   * @param before null when there was none
   */
  record Outcome(
      boolean changed,
      List<String> changes,
      boolean recreated,
      @Nullable JsonNode before,
      JsonNode after) {}

  Outcome ensure(ContainerSpec spec, boolean isStarted) {
    var name =
        Objects.requireNonNullElseGet(
            spec.name(),
            () -> {
              throw new HearthException(DockerError.SPEC_VALUE, "name", "is missing")
                  .hint("Name the container: that is how it is found the next time.");
            });
    spec.requireOf(engine);
    var found = containers.find(name);
    if (found.isEmpty()) {
      var id = making.make(spec.marked());
      if (isStarted) {
        containers.start(id);
      }
      return new Outcome(true, List.of("created"), false, null, containers.inspect(id));
    }
    var before = found.get();
    var difference = ContainerDifference.of(spec, there(spec, before));
    var changes = new ArrayList<>(difference.keys());
    if (difference.needsAnother() || !adapt(before, difference)) {
      return new Outcome(
          true, changes, true, before, replace(name, before, spec.marked(), isStarted));
    }
    if (isStarted && !isUp(before)) {
      changes.add("started");
      start(before);
    }
    var after = changes.isEmpty() ? before : containers.inspect(id(before));
    // What an engine takes and does not keep, as limits that its kernel lacks, is no change.
    var isChanged =
        !changes.isEmpty()
            && !(before.path("HostConfig").equals(after.path("HostConfig"))
                && difference.joins().isEmpty()
                && difference.leaves().isEmpty()
                && isUp(before) == isUp(after));
    return new Outcome(isChanged, isChanged ? changes : List.of(), false, before, after);
  }

  private ContainerDifference.There there(ContainerSpec spec, JsonNode container) {
    var image = making.imageFor(spec);
    var imageId = image.path("Id").asText();
    var ownId = container.path("Image").asText();
    var inherited =
        ownId.equals(imageId) ? image.path("Config") : making.image(ownId).path("Config");
    return new ContainerDifference.There(container, inherited, imageId, engine.isPodman());
  }

  private static String id(JsonNode container) {
    return container.path("Id").asText();
  }

  private static boolean isUp(JsonNode container) {
    var state = container.path("State");
    return state.path("Running").asBoolean() && !state.path("Paused").asBoolean();
  }

  private void start(JsonNode container) {
    if (container.at("/State/Paused").asBoolean()) {
      containers.unpauseContainer(new ContainerOps.Named(id(container)));
    } else {
      containers.start(id(container));
    }
  }

  /** Changes it in place; false where the engine cannot do that. */
  private boolean adapt(JsonNode container, ContainerDifference difference) {
    if (!difference.updates().isEmpty()) {
      try {
        containers.update(id(container), difference.updates());
      } catch (HearthException e) {
        if (e.code() == DockerError.UNSUPPORTED) {
          return false;
        }
        throw e;
      }
    }
    difference.leaves().forEach(network -> making.disconnect(id(container), network));
    difference
        .joins()
        .forEach((network, endpoint) -> making.connect(id(container), network, endpoint));
    return true;
  }

  private JsonNode replace(String name, JsonNode old, ContainerSpec spec, boolean isStarted) {
    var oldId = id(old);
    var spare = name + "-" + oldId.substring(0, Math.min(12, oldId.length()));
    var fresh = making.make(withVolumesOf(old, spec).named(spare + "-new"));
    var wasUp = isUp(old);
    engine
        .afterwards()
        .orElse(
            () -> {
              if (old.at("/State/Running").asBoolean()) {
                containers.stopContainer(new ContainerOps.Stopping(oldId, null, null));
              }
              containers.renameContainer(new ContainerOps.Renaming(oldId, spare));
              containers.renameContainer(new ContainerOps.Renaming(fresh, name));
              if (isStarted) {
                containers.start(fresh);
              }
            },
            () -> restore(name, oldId, fresh, wasUp));
    containers.remove(new ContainerOps.Removal(oldId, true, false));
    return containers.inspect(fresh);
  }

  /** The old one as it was; its volumes are the new one's as well, and stay. */
  private void restore(String name, String old, String fresh, boolean wasUp) {
    containers.remove(new ContainerOps.Removal(fresh, true, false));
    if (!Optional.of(name).equals(containers.find(old).map(ContainerEnsure::nameOf))) {
      containers.renameContainer(new ContainerOps.Renaming(old, name));
    }
    if (wasUp) {
      containers.start(old);
    }
  }

  private static String nameOf(JsonNode container) {
    return container.path("Name").asText().replaceFirst("^/", "");
  }

  /** Volumes without a name are where the data of many images is: they go on, as with Compose. */
  private ContainerSpec withVolumesOf(JsonNode old, ContainerSpec spec) {
    var wanted = new TreeSet<String>();
    spec.body().path("Volumes").fieldNames().forEachRemaining(wanted::add);
    making.imageVolumes(spec).fieldNames().forEachRemaining(wanted::add);
    var body = spec.body().deepCopy();
    for (var mount : old.path("Mounts")) {
      var target = mount.path("Destination").asText();
      var volume = mount.path("Name").asText("");
      if (wanted.contains(target) && isWithoutName(mount) && !isMounted(body, target)) {
        body.withObject("/HostConfig")
            .withArray("/Mounts")
            .addObject()
            .put("Type", "volume")
            .put("Source", volume)
            .put("Target", target);
        if (body.path("Volumes") instanceof ObjectNode volumes) {
          volumes.remove(target);
        }
      }
    }
    return spec.withBody(body);
  }

  /** Whether it is a volume that an engine gave its name. */
  static boolean isWithoutName(JsonNode mount) {
    return mount.path("Name").asText("").matches("[0-9a-f]{64}");
  }

  private static boolean isMounted(ObjectNode body, String target) {
    var host = body.path("HostConfig");
    return host.path("Mounts")
            .valueStream()
            .anyMatch(it -> it.path("Target").asText().equals(target))
        || host.path("Binds").valueStream().anyMatch(it -> it.asText().contains(":" + target + ":"))
        || host.path("Tmpfs").has(target);
  }
}
