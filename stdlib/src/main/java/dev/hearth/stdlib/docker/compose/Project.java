package dev.hearth.stdlib.docker.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A model in canonical form, as {@code docker compose config} prints it, with the services whose
 * profiles are on.
 *
 * @param data {@code name}, {@code services}, {@code networks}, {@code volumes}, {@code configs},
 *     {@code secrets}
 * @param known all services, those without a profile that is on too
 */
public record Project(
    String name, Path folder, List<Path> files, ObjectNode data, Set<String> known) {
  public ObjectNode services() {
    return data.withObjectProperty("services");
  }

  public JsonNode service(String service) {
    return data.path("services").path(service);
  }

  /** Services before those that wait for them. */
  public List<String> inOrder() {
    var ordered = new LinkedHashSet<String>();
    services().fieldNames().forEachRemaining(service -> add(service, ordered));
    return List.copyOf(ordered);
  }

  private void add(String service, Set<String> ordered) {
    if (!ordered.contains(service)) {
      service(service)
          .path("depends_on")
          .fieldNames()
          .forEachRemaining(
              other -> {
                if (data.path("services").has(other)) {
                  add(other, ordered);
                }
              });
      ordered.add(service);
    }
  }

  /** These services and all that they need, in order; all services where none is named. */
  public List<String> withNeeded(Collection<String> wanted) {
    wanted.forEach(this::require);
    if (wanted.isEmpty()) {
      return inOrder();
    }
    var needed = new LinkedHashSet<String>();
    wanted.forEach(service -> add(service, needed));
    return List.copyOf(needed);
  }

  /** These services alone, in order; all services where none is named. */
  public List<String> only(Collection<String> wanted) {
    wanted.forEach(this::require);
    var all = new ArrayList<>(inOrder());
    if (!wanted.isEmpty()) {
      all.retainAll(wanted);
    }
    return all;
  }

  private void require(String service) {
    if (!data.path("services").has(service)) {
      throw new HearthException(
          ComposeError.COMPOSE_SERVICE,
          dev.hearth.runtime.permission.VisibleText.of(service),
          known.isEmpty() ? "none" : String.join(", ", known));
    }
  }

  /** How many containers a service is to have. */
  public int scale(String service) {
    var spec = service(service);
    return spec.path("scale").asInt(spec.path("deploy").path("replicas").asInt(1));
  }
}
