package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.docker.compose.ComposeError;
import dev.hearth.stdlib.docker.compose.ComposeSource;
import dev.hearth.stdlib.docker.compose.Findings;
import dev.hearth.stdlib.docker.compose.Place;
import dev.hearth.stdlib.docker.compose.Project;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Finds what containers of a project could not be made from, before anything is changed. */
final class ComposeChecks {
  /** Keys whose lists are other ones in canonical form than they are written. */
  private static final Set<String> REORDERED = Set.of("ports", "volumes", "configs", "secrets");

  private final Project project;
  private final ComposeSource source;
  private final Findings findings = new Findings();

  ComposeChecks(Project project, ComposeSource source) {
    this.project = project;
    this.source = source;
  }

  /** Fails for values that no container of any engine can have. */
  void requireContainers() {
    for (var service : project.inOrder()) {
      keys(service)
          .properties()
          .forEach(each -> findings.without(() -> read(service, each.getKey(), each.getValue())));
    }
    findings.raise();
  }

  /** Fails for what this engine cannot do of what these services say. */
  void requireOf(Engine engine, Collection<String> services, Map<String, Integer> scale) {
    for (var service : services) {
      keys(service)
          .properties()
          .forEach(
              each ->
                  read(service, each.getKey(), each.getValue())
                      .needs()
                      .forEach(need -> findings.without(() -> require(engine, need, service))));
      if (scale.getOrDefault(service, 0) > 1 && project.service(service).has("container_name")) {
        findings.add(place(service, "container_name").nameOfSeveral());
      }
    }
  }

  Findings findings() {
    return findings;
  }

  private void require(Engine engine, ContainerSpec.Need need, String service) {
    if (!engine.version().isAtLeast(need.since().major(), need.since().minor())) {
      var place = place(service, need.what().replaceAll("`|\\[.*", ""));
      throw place.in(
          new HearthException(
              DockerError.API_TOO_OLD,
              engine.version(),
              need.what() + " of the service `" + service + "` (" + place + ")",
              need.since()));
    }
  }

  private ObjectNode keys(String service) {
    return new ComposeSpec(project, service, ComposeFiles.NONE).keys();
  }

  private ContainerSpec read(String service, String key, JsonNode value) {
    var one = Engine.MAPPER.createObjectNode().put("image", "any");
    one.set(key, value);
    try {
      return ContainerSpec.of(one, SpecPlace.ABSOLUTE);
    } catch (HearthException e) {
      if (e.code() != DockerError.SPEC_VALUE) {
        throw e;
      }
      var path = String.valueOf(e.details().getOrDefault("path", key));
      var place = place(service, REORDERED.contains(key) ? key : path);
      var problem =
          e.sentence().replaceFirst("^`.*?` of the container ", "").replaceFirst("\\.$", "");
      throw place
          .error(
              ComposeError.COMPOSE_VALUE,
              "`services." + service + "." + path + "` " + problem,
              e.hint())
          .causedBy(e);
    }
  }

  private Place place(String service, String path) {
    return source.place("services." + service + "." + path);
  }
}
