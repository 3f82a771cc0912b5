package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Networks of containers. */
final class NetworkOps {
  private final Engine engine;

  NetworkOps(Engine engine) {
    this.engine = engine;
  }

  /** Which networks. */
  record Networks(@Nullable ObjectNode filters) {}

  @Op
  JsonNode listNetworks(Networks request) {
    return engine.list(EngineCall.get("/networks").query("filters", request.filters()));
  }

  /** A network by its name or id. */
  record Network(String name) {}

  @Op
  JsonNode inspectNetwork(Network request) {
    return engine.object(
        EngineCall.get("/networks/{}", request.name())
            .about(DockerError.NETWORK_NOT_FOUND, request.name()));
  }

  @Op(writes = true)
  JsonNode createNetwork(NetworkSpec request) {
    return create(request.body());
  }

  private JsonNode create(ObjectNode body) {
    var made = engine.json(EngineCall.post("/networks/create").json(body));
    return inspectNetwork(new Network(made.path("Id").asText(body.path("Name").asText())));
  }

  /** What is to be there; {@code recreate} allows to make one anew that differs. */
  record Wanted(NetworkSpec network, @Nullable Boolean recreate) {}

  /**
   * What came of it.
   *
   * @param before null where there was none
   */
  record Ensured(boolean changed, @Nullable JsonNode before, JsonNode after) {}

  @Op(writes = true)
  Ensured ensureNetwork(Wanted request) {
    var spec = request.network();
    var before = find(spec.name());
    if (before == null) {
      return new Ensured(true, null, create(spec.markedBody()));
    }
    var differences = spec.differences(before);
    if (differences.isEmpty()) {
      return new Ensured(false, before, before);
    }
    if (!Boolean.TRUE.equals(request.recreate())) {
      throw new HearthException(
              DockerError.NETWORK_DIFFERS, spec.name(), String.join(", ", differences))
          .with("differences", differences);
    }
    return new Ensured(true, before, recreated(spec, before));
  }

  /** One that has exactly this name. */
  private @Nullable JsonNode find(String name) {
    return engine
        .find(EngineCall.get("/networks/{}", name))
        .filter(network -> network.path("Name").asText().equals(name))
        .orElse(null);
  }

  /** Its containers are taken off it, and put on the new one under the names that they had. */
  private JsonNode recreated(NetworkSpec spec, JsonNode before) {
    var members = new ArrayList<Member>();
    for (var id : before.path("Containers").properties()) {
      members.add(member(id.getKey(), spec.name()));
    }
    members.forEach(member -> disconnect(spec.name(), member.container(), true));
    removeNetwork(new Network(spec.name()));
    var made = create(spec.markedBody());
    for (var member : members) {
      engine.json(connecting(spec.name(), member.container(), member.endpoint()));
    }
    return members.isEmpty() ? made : inspectNetwork(new Network(spec.name()));
  }

  /** A container on a network, and how it is there. */
  private record Member(String container, ObjectNode endpoint) {}

  private Member member(String container, String network) {
    var found = engine.object(EngineCall.get("/containers/{}/json", container));
    var was = found.path("NetworkSettings").path("Networks").path(network);
    var endpoint = Engine.MAPPER.createObjectNode();
    var aliases = endpoint.putArray("Aliases");
    for (var alias : was.path("Aliases")) {
      if (!container.startsWith(alias.asText())) { // the short id, which engines add themselves
        aliases.add(alias.asText());
      }
    }
    for (var field : List.of("IPAMConfig", "Links", "DriverOpts")) {
      if (!was.path(field).isMissingNode() && !was.path(field).isNull()) {
        endpoint.set(field, was.path(field));
      }
    }
    return new Member(container, endpoint);
  }

  /**
   * A container that is put on a network.
   *
   * @param aliases further names that it has there
   * @param ipv4 its address there; absent: any free one
   */
  record Joining(
      String name,
      String container,
      @Nullable List<String> aliases,
      @JsonProperty("ipv4_address") @Nullable String ipv4,
      @JsonProperty("ipv6_address") @Nullable String ipv6,
      @JsonProperty("driver_opts") @Nullable Map<String, String> driverOpts) {}

  /** What puts a container on a network. */
  static EngineCall connecting(String network, String container, ObjectNode endpoint) {
    var body = Engine.MAPPER.createObjectNode().put("Container", container);
    body.set("EndpointConfig", endpoint);
    return EngineCall.post("/networks/{}/connect", network).json(body);
  }

  @Op(writes = true)
  void connectNetwork(Joining request) {
    var endpoint = Engine.MAPPER.createObjectNode();
    if (request.aliases() != null) {
      request.aliases().forEach(endpoint.putArray("Aliases")::add);
    }
    if (request.ipv4() != null || request.ipv6() != null) {
      endpoint
          .putObject("IPAMConfig")
          .put("IPv4Address", request.ipv4())
          .put("IPv6Address", request.ipv6());
    }
    if (request.driverOpts() != null) {
      endpoint.set("DriverOpts", Engine.MAPPER.valueToTree(request.driverOpts()));
    }
    done(
        connecting(request.name(), request.container(), endpoint)
            .about(DockerError.NETWORK_NOT_FOUND, request.name()));
  }

  /** A container that is taken off a network; {@code force} also where it is no more. */
  record Leaving(String name, String container, @Nullable Boolean force) {}

  @Op(writes = true)
  void disconnectNetwork(Leaving request) {
    disconnect(request.name(), request.container(), Boolean.TRUE.equals(request.force()));
  }

  private void disconnect(String network, String container, boolean force) {
    var body = Engine.MAPPER.createObjectNode().put("Container", container).put("Force", force);
    done(
        EngineCall.post("/networks/{}/disconnect", network)
            .json(body)
            .about(DockerError.NETWORK_NOT_FOUND, network));
  }

  @Op(writes = true)
  void removeNetwork(Network request) {
    done(
        EngineCall.delete("/networks/{}", request.name())
            .about(DockerError.NETWORK_NOT_FOUND, request.name()));
  }

  /** Engines say 403 where something of the network is still there, or is there already. */
  private void done(EngineCall call) {
    var answer = engine.answer(call);
    if (answer.status() == 403) {
      throw Refusals.of(call, new Answer(409, answer.body()));
    }
    if (!answer.isGood()) {
      throw Refusals.of(call, answer);
    }
  }

  @Op(writes = true)
  Reclaimed pruneNetworks(Networks request) {
    return Reclaimed.of(
        engine.whenDone(EngineCall.post("/networks/prune").query("filters", request.filters())),
        "NetworksDeleted");
  }
}
