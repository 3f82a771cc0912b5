package dev.hearth.stdlib.docker.compose;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.stdlib.docker.compose.Value.Entry;

/** What a service has without saying so, and what does not go together in one. */
record ServiceDefaults(Entry written, ObjectNode service) {
  ObjectNode applied() {
    if (!service.has("image") && !service.has("build")) {
      throw written
          .key()
          .error(
              ComposeError.COMPOSE_VALUE,
              "the service has neither `image` nor `build`",
              "Say which image it runs, or the folder that makes it.");
    }
    if (service.has("network_mode")) {
      apart("network_mode", "networks");
    } else if (service.path("networks").isEmpty()) {
      service.putObject("networks").putNull("default");
    }
    Sharing.of(service).values().forEach(this::needs);
    boolean isMany = service.path("scale").asInt(replicas(1)) > 1;
    if (isMany && service.has("container_name")) {
      throw place("container_name").nameOfSeveral();
    }
    if (service.has("scale")
        && service.path("scale").asInt() != replicas(service.path("scale").asInt())) {
      throw place("scale")
          .error(
              ComposeError.COMPOSE_VALUE,
              "`scale` and `deploy.replicas` differ",
              "Leave one of them out.");
    }
    same("cpus", "limits", "cpus");
    same("mem_limit", "limits", "memory");
    same("pids_limit", "limits", "pids");
    same("mem_reservation", "reservations", "memory");
    nullUnlessSet("command");
    nullUnlessSet("entrypoint");
    return service;
  }

  /** A limit can be written in two places, but not as two limits. */
  private void same(String key, String section, String inDeploy) {
    var other = service.path("deploy").path("resources").path(section).path(inDeploy);
    if (service.has(key) && !other.isMissingNode() && !service.path(key).equals(other)) {
      throw place(key)
          .error(
              ComposeError.COMPOSE_VALUE,
              "`%s` and `deploy.resources.%s.%s` differ".formatted(key, section, inDeploy),
              "Leave one of them out.");
    }
  }

  private int replicas(int usual) {
    return service.path("deploy").path("replicas").asInt(usual);
  }

  private void nullUnlessSet(String key) {
    if (!service.has(key)) {
      service.putNull(key);
    }
  }

  private void apart(String one, String other) {
    if (service.has(other)) {
      throw place(other)
          .error(
              ComposeError.COMPOSE_VALUE,
              "`" + one + "` and `" + other + "` do not go together",
              "Leave one of them out.");
    }
  }

  /** What shares a namespace with a service has to come after it, and again when it does. */
  private void needs(String other) {
    var dependencies = service.withObjectProperty("depends_on");
    if (!dependencies.has(other)) {
      dependencies
          .putObject(other)
          .put("condition", "service_started")
          .put("restart", true)
          .put("required", true);
    }
  }

  private Place place(String key) {
    var entry = Shape.mapping(written.value()).entries().get(key);
    return entry == null ? written.key() : entry.key();
  }
}
