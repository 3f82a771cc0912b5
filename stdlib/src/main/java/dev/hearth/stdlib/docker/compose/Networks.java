package dev.hearth.stdlib.docker.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Map;
import java.util.Set;

/** Networks: those of the model, how a service is in one, and names that are told to a service. */
final class Networks {
  static final Shape OF_SERVICE =
      Shape.object(
          "a service's network",
          Map.of(
              "aliases", Scalars::set,
              "ipv4_address", Scalars::text,
              "ipv6_address", Scalars::text,
              "link_local_ips", Scalars::set,
              "mac_address", Scalars::text,
              "priority", Scalars::integer),
          Set.of("driver_opts", "gw_priority", "interface_name"));

  private static final Shape POOL =
      Shape.object(
          "a subnet",
          Map.of(
              "subnet", Scalars::text,
              "ip_range", Scalars::text,
              "gateway", Scalars::text,
              "aux_addresses", Shape.mapOf(Scalars::text)),
          Set.of());

  private static final Shape IPAM =
      Shape.object(
          "`ipam`",
          Map.of(
              "driver", Scalars::text,
              "config", Shape.list(POOL),
              "options", Shape.mapOf(Scalars::text)),
          Set.of());

  static final Shape OF_MODEL =
      Shape.object(
          "a network",
          Map.of(
              "name", Scalars::text,
              "driver", Scalars::text,
              "driver_opts", Scalars::named,
              "ipam", IPAM,
              "external", Scalars::flag,
              "internal", Scalars::flag,
              "attachable", Scalars::flag,
              "enable_ipv6", Scalars::flag,
              "labels", Scalars::labels),
          Set.of("enable_ipv4"));

  private Networks() {}

  /**
   * Canonically {@code NAME=ADDRESS}, whether it was written with a colon, an equals sign or as a
   * map.
   */
  static JsonNode hosts(Value value) {
    ArrayNode hosts = Shape.NODES.arrayNode();
    for (var item : Shape.sequence(value).items()) {
      var host = Scalars.word(item).split("[:=]", 2);
      if (host.length < 2 || host[0].isEmpty() || host[1].isEmpty()) {
        throw Shape.wrong(item, "a name and an address", "Write `nas=192.0.2.7`.");
      }
      hosts.add(host[0] + "=" + host[1].replaceAll("[\\[\\]]", ""));
    }
    return hosts;
  }
}
