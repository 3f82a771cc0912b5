package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What there is of a project, whoever made it.
 *
 * @param networks their ids by their names
 * @param volumes when each was made, by its name
 */
record ComposeState(
    List<ComposeContainer> containers,
    TreeMap<String, String> networks,
    TreeMap<String, String> volumes) {

  static ComposeState read(Engine engine, String project) {
    var filter = ComposeLabels.filter(project);
    var networks = new TreeMap<String, String>();
    engine
        .json(EngineCall.get("/networks").query("filters", filter))
        .forEach(each -> networks.put(each.path("Name").asText(), each.path("Id").asText()));
    var volumes = new TreeMap<String, String>();
    engine
        .json(EngineCall.get("/volumes").query("filters", filter))
        .path("Volumes")
        .forEach(each -> volumes.put(each.path("Name").asText(), each.path("CreatedAt").asText()));
    return new ComposeState(containers(engine, project), networks, volumes);
  }

  /** All containers of its services, those that do not run too; none that `run` made for once. */
  static List<ComposeContainer> containers(Engine engine, String project) {
    var listed =
        engine.json(
            EngineCall.get("/containers/json")
                .query("all", true)
                .query("filters", ComposeLabels.filter(project)));
    var all = new ArrayList<ComposeContainer>();
    for (JsonNode each : listed) {
      if (!each.path("Labels").path(ComposeLabels.ONE_OFF).asText().equalsIgnoreCase("true")) {
        inspect(engine, each.path("Id").asText()).ifPresent(all::add);
      }
    }
    all.sort(ComposeContainer.ORDER);
    return all;
  }

  /** One of them; empty when it is gone meanwhile. */
  private static java.util.Optional<ComposeContainer> inspect(Engine engine, String id) {
    try {
      return java.util.Optional.of(
          ComposeContainer.of(
              engine.json(
                  EngineCall.get("/containers/{}/json", id)
                      .about(DockerError.CONTAINER_NOT_FOUND, id))));
    } catch (HearthException e) {
      if (e.code() == DockerError.CONTAINER_NOT_FOUND) {
        return java.util.Optional.empty();
      }
      throw e;
    }
  }

  /** Whether something was made, removed, started or stopped between the two. */
  boolean differsFrom(ComposeState other) {
    return !signature().equals(other.signature())
        || !networks.equals(other.networks)
        || !volumes.keySet().equals(other.volumes.keySet());
  }

  private List<String> signature() {
    return containers.stream()
        .map(each -> each.id() + " " + each.isRunning() + " " + each.startedAt())
        .toList();
  }

  List<ComposeContainer> of(String service) {
    return containers.stream().filter(each -> each.service().equals(service)).toList();
  }
}
