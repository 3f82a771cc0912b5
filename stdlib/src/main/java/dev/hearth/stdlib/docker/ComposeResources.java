package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.docker.compose.ComposeError;
import dev.hearth.stdlib.docker.compose.ComposeSource;
import dev.hearth.stdlib.docker.compose.Findings;
import dev.hearth.stdlib.docker.compose.Project;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Networks and volumes of a project. What is there already has to be what the model says. */
final class ComposeResources {
  private final Engine engine;
  private final Project project;
  private final ComposeSource source;

  ComposeResources(Engine engine, Project project, ComposeSource source) {
    this.engine = engine;
    this.project = project;
    this.source = source;
  }

  /** Finds networks and volumes of these services that are not as the model has them. */
  void check(Collection<String> services, Findings findings) {
    networks(services).forEach(key -> findings.without(() -> isMissingNetwork(key)));
    volumes(services).forEach(key -> findings.without(() -> isMissingVolume(key)));
  }

  /** Makes the networks and volumes of these services that are not there. */
  void make(Collection<String> services) {
    for (var key : networks(services)) {
      if (isMissingNetwork(key)) {
        var wish = project.data().path("networks").path(key);
        engine.json(EngineCall.post("/networks/create").json(network(key, wish)));
      }
    }
    for (var key : volumes(services)) {
      if (isMissingVolume(key)) {
        makeVolume(key);
      }
    }
  }

  private Set<String> networks(Collection<String> services) {
    var used = new LinkedHashSet<String>();
    for (var service : services) {
      project.service(service).path("networks").fieldNames().forEachRemaining(used::add);
    }
    return used;
  }

  private boolean isMissingNetwork(String key) {
    var wish = project.data().path("networks").path(key);
    var name = wish.path("name").asText();
    var there = find("/networks", name, node -> node);
    if (wish.path("external").asBoolean(false)) {
      if (there.isMissingNode()) {
        throw source.place("networks." + key).error(ComposeError.COMPOSE_EXTERNAL, "network", name);
      }
      return false;
    }
    if (!there.isMissingNode()) {
      requireOwn("network", name, key, there);
      boolean differs =
          (wish.has("driver")
                  && !wish.path("driver").asText().equals(there.path("Driver").asText()))
              || wish.path("internal").asBoolean(false) != there.path("Internal").asBoolean(false)
              || !subnets(wish.path("ipam").path("config"), "subnet").stream()
                  .allMatch(subnets(there.path("IPAM").path("Config"), "Subnet")::contains);
      if (differs) {
        throw source
            .place("networks." + key)
            .in(new HearthException(ComposeError.COMPOSE_CHANGED, "network", name));
      }
      return false;
    }
    return true;
  }

  private static Set<String> subnets(JsonNode pools, String field) {
    var subnets = new LinkedHashSet<String>();
    pools.forEach(pool -> subnets.add(pool.path(field).asText()));
    subnets.remove("");
    return subnets;
  }

  private ObjectNode network(String key, JsonNode wish) {
    var body =
        Engine.MAPPER
            .createObjectNode()
            .put("Name", wish.path("name").asText())
            .put("CheckDuplicate", true)
            .put("Driver", wish.path("driver").asText("bridge"))
            .put("Internal", wish.path("internal").asBoolean(false))
            .put("Attachable", wish.path("attachable").asBoolean(false))
            .put("EnableIPv6", wish.path("enable_ipv6").asBoolean(false));
    copy(wish.path("driver_opts"), body.putObject("Options"));
    var ipam = wish.path("ipam");
    if (!ipam.isMissingNode()) {
      var out = body.putObject("IPAM").put("Driver", ipam.path("driver").asText("default"));
      copy(ipam.path("options"), out.putObject("Options"));
      var pools = out.putArray("Config");
      for (var pool : ipam.path("config")) {
        var each = pools.addObject();
        put(each, "Subnet", pool.path("subnet"));
        put(each, "IPRange", pool.path("ip_range"));
        put(each, "Gateway", pool.path("gateway"));
        if (pool.has("aux_addresses")) {
          copy(pool.path("aux_addresses"), each.putObject("AuxiliaryAddresses"));
        }
      }
    }
    labels(wish, body.putObject("Labels")).put(ComposeLabels.NETWORK, key);
    return body;
  }

  private Set<String> volumes(Collection<String> services) {
    var used = new LinkedHashSet<String>();
    for (var service : services) {
      for (var mount : project.service(service).path("volumes")) {
        if (mount.path("type").asText().equals("volume")) {
          used.add(mount.path("source").asText(""));
        }
      }
    }
    used.remove("");
    return used;
  }

  private boolean isMissingVolume(String key) {
    var wish = project.data().path("volumes").path(key);
    var name = wish.path("name").asText();
    var there = find("/volumes", name, node -> node.path("Volumes"));
    if (wish.path("external").asBoolean(false)) {
      if (there.isMissingNode()) {
        throw source.place("volumes." + key).error(ComposeError.COMPOSE_EXTERNAL, "volume", name);
      }
      return false;
    }
    if (!there.isMissingNode()) {
      requireOwn("volume", name, key, there);
      if (wish.has("driver")
          && !wish.path("driver").asText().equals(there.path("Driver").asText())) {
        throw source
            .place("volumes." + key)
            .in(new HearthException(ComposeError.COMPOSE_CHANGED, "volume", name));
      }
      return false;
    }
    return true;
  }

  private void makeVolume(String key) {
    var wish = project.data().path("volumes").path(key);
    var body = Engine.MAPPER.createObjectNode().put("Name", wish.path("name").asText());
    put(body, "Driver", wish.path("driver"));
    copy(wish.path("driver_opts"), body.putObject("DriverOpts"));
    labels(wish, body.putObject("Labels")).put(ComposeLabels.VOLUME, key);
    engine.json(EngineCall.post("/volumes/create").json(body));
  }

  private interface Items {
    JsonNode in(JsonNode answer);
  }

  /** The one with exactly that name; the API's filter finds others that contain it, too. */
  private JsonNode find(String path, String name, Items items) {
    var filter = Engine.MAPPER.createObjectNode();
    filter.putArray("name").add(name);
    for (var each : items.in(engine.json(EngineCall.get(path).query("filters", filter)))) {
      if (each.path("Name").asText().equals(name)) {
        return each;
      }
    }
    return Engine.MAPPER.missingNode();
  }

  private void requireOwn(String what, String name, String key, JsonNode there) {
    if (!there.path("Labels").path(ComposeLabels.PROJECT).asText("").equals(project.name())) {
      throw source
          .place(what + "s." + key)
          .in(new HearthException(ComposeError.COMPOSE_FOREIGN, what, name, project.name()));
    }
  }

  private ObjectNode labels(JsonNode wish, ObjectNode labels) {
    copy(wish.path("labels"), labels);
    return labels.put(ComposeLabels.PROJECT, project.name());
  }

  private static void copy(JsonNode from, ObjectNode to) {
    from.properties().forEach(each -> to.put(each.getKey(), each.getValue().asText("")));
  }

  private static void put(ObjectNode to, String field, JsonNode value) {
    if (!value.isMissingNode() && !value.isNull()) {
      to.put(field, value.asText());
    }
  }

  /** Removes the networks of the project; those that the model has no more, too. */
  void removeNetworks(Findings findings) {
    for (var id : ComposeState.read(engine, project.name()).networks().values()) {
      findings.without(() -> engine.json(EngineCall.delete("/networks/{}", id)));
    }
  }

  /** Removes the volumes of the project, with the data in them. */
  void removeVolumes(Findings findings) {
    for (var name : ComposeState.read(engine, project.name()).volumes().keySet()) {
      findings.without(() -> engine.json(EngineCall.delete("/volumes/{}", name)));
    }
  }
}
