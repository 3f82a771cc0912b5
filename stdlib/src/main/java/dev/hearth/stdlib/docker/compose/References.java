package dev.hearth.stdlib.docker.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What services name of each other and of the model. */
final class References {
  private final ComposeSource source;
  private final ObjectNode data;
  private final Set<String> known;
  private final Set<String> written;

  /**
   * Those of a model.
   *
   * @param known services that could be read, those without a profile that is on too
   * @param written all services, those that are wrong themselves too
   */
  References(ComposeSource source, ObjectNode data, Set<String> known, Set<String> written) {
    this.source = source;
    this.data = data;
    this.known = known;
    this.written = written;
  }

  private ObjectNode services() {
    return data.withObjectProperty("services");
  }

  /** Finds names of something that there is not, and services in a circle. */
  void check(Findings findings) {
    services()
        .properties()
        .forEach(
            service -> {
              dependencies(service.getKey(), service.getValue(), findings);
              var at = "services." + service.getKey() + ".";
              service
                  .getValue()
                  .path("networks")
                  .fieldNames()
                  .forEachRemaining(
                      name ->
                          findings.without(
                              () ->
                                  require(
                                      "networks", "network", name, at + "networks." + name, at)));
              for (var mount : service.getValue().path("volumes")) {
                findings.without(() -> volume(mount, at + "volumes"));
              }
              for (var kind : List.of("configs", "secrets")) {
                var one = kind.substring(0, kind.length() - 1);
                for (var file : service.getValue().path(kind)) {
                  var name = file.path("source").asText();
                  findings.without(() -> require(kind, one, name, at + kind, at + kind));
                }
              }
            });
    findings.without(
        () -> {
          var done = new HashSet<String>();
          services().fieldNames().forEachRemaining(name -> walk(name, new ArrayList<>(), done));
        });
  }

  private void dependencies(String name, JsonNode service, Findings findings) {
    if (service.path("depends_on") instanceof ObjectNode dependencies) {
      var gone = new ArrayList<String>();
      dependencies
          .properties()
          .forEach(
              each -> {
                var other = each.getKey();
                boolean isOn = services().has(other);
                boolean isNeeded = each.getValue().path("required").asBoolean(true);
                if (!isOn && (!isNeeded || !known.contains(other)) && written.contains(other)) {
                  gone.add(other); // it is off, or wrong and told as such
                } else if (!isOn) {
                  findings.add(
                      missing("service", other, "services." + name + ".depends_on." + other));
                }
              });
      dependencies.remove(gone);
      if (dependencies.isEmpty()) {
        ((ObjectNode) service).remove("depends_on");
      }
    }
  }

  private void volume(JsonNode mount, String at) {
    var name = mount.path("source").asText("");
    if (mount.path("type").asText().equals("volume") && !name.isEmpty()) {
      require("volumes", "volume", name, at, at);
    }
  }

  private void require(String kind, String what, String name, String at, String above) {
    boolean isThere =
        source
            .model()
            .get(kind)
            .filter(Value.Mapping.class::isInstance)
            .map(Shape::mapping)
            .stream()
            .anyMatch(all -> all.entries().containsKey(name));
    if (!isThere && !(kind.equals("networks") && name.equals("default"))) {
      throw missing(what, name, at.contains(name) ? at : above);
    }
  }

  private dev.hearth.runtime.HearthException missing(String what, String name, String at) {
    return source
        .place(at)
        .error(
            ComposeError.COMPOSE_REFERENCE,
            what,
            dev.hearth.runtime.permission.VisibleText.of(name));
  }

  private void walk(String service, List<String> way, Set<String> done) {
    if (way.contains(service)) {
      var whole = new ArrayList<>(way);
      whole.add(service);
      throw source
          .place("services." + way.getLast() + ".depends_on")
          .circle("services wait for each other", whole, name -> name);
    }
    if (done.add(service)) {
      way.add(service);
      services()
          .path(service)
          .path("depends_on")
          .fieldNames()
          .forEachRemaining(other -> walk(other, way, done));
      way.removeLast();
    }
  }

  /** Leaves of networks, volumes and files what some service has, as Compose does. */
  void keepUsed() {
    var used = new LinkedHashSet<String>();
    services()
        .forEach(
            service -> {
              service
                  .path("networks")
                  .fieldNames()
                  .forEachRemaining(name -> used.add("networks." + name));
              service
                  .path("volumes")
                  .forEach(mount -> used.add("volumes." + mount.path("source").asText("")));
              for (var kind : List.of("configs", "secrets")) {
                service
                    .path(kind)
                    .forEach(file -> used.add(kind + "." + file.path("source").asText()));
              }
            });
    for (var kind : List.of("networks", "volumes", "configs", "secrets")) {
      var all = (ObjectNode) data.path(kind);
      var gone = new ArrayList<String>();
      all.fieldNames()
          .forEachRemaining(
              name -> {
                if (!used.contains(kind + "." + name)) {
                  gone.add(name);
                }
              });
      all.remove(gone);
      if (all.isEmpty()) {
        data.remove(kind);
      }
    }
  }
}
