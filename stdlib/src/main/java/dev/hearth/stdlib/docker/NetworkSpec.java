package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network, by the keys that the Compose specification has for networks.
 *
 * @param driver absent: the engine's own, {@code bridge}
 * @param internal whether nothing outside is reached from it
 * @param attachable whether containers alone may join one of a swarm
 */
record NetworkSpec(
    String name,
    @Nullable String driver,
    @JsonProperty("driver_opts") @Nullable Map<String, String> driverOpts,
    @Nullable Boolean internal,
    @Nullable Boolean attachable,
    @JsonProperty("enable_ipv6") @Nullable Boolean enableIpv6,
    @Nullable Ipam ipam,
    @Nullable Map<String, String> labels) {

  /** Where its addresses come from. */
  record Ipam(
      @Nullable String driver,
      @Nullable List<Pool> config,
      @Nullable Map<String, String> options) {}

  /** Addresses, such as {@code 10.5.0.0/24}. */
  record Pool(
      @Nullable String subnet,
      @JsonProperty("ip_range") @Nullable String ipRange,
      @Nullable String gateway,
      @JsonProperty("aux_addresses") @Nullable Map<String, String> auxAddresses) {

    private ObjectNode body() {
      var body = Engine.MAPPER.createObjectNode();
      put(body, "Subnet", subnet);
      put(body, "IPRange", ipRange);
      put(body, "Gateway", gateway);
      put(body, "AuxiliaryAddresses", auxAddresses);
      return body;
    }
  }

  /** As the API takes it to create one. */
  ObjectNode body() {
    var body = Engine.MAPPER.createObjectNode().put("Name", name).put("CheckDuplicate", true);
    put(body, "Driver", driver);
    put(body, "Options", driverOpts);
    put(body, "Internal", internal);
    put(body, "Attachable", attachable);
    put(body, "EnableIPv6", enableIpv6);
    put(body, "Labels", labels);
    if (ipam != null) {
      var addresses = body.putObject("IPAM");
      put(addresses, "Driver", ipam.driver());
      put(addresses, "Options", ipam.options());
      if (ipam.config() != null) {
        var pools = addresses.putArray("Config");
        ipam.config().forEach(pool -> pools.add(pool.body()));
      }
    }
    return body;
  }

  private static void put(ObjectNode body, String name, @Nullable Object value) {
    if (value != null) {
      body.set(name, Engine.MAPPER.valueToTree(value));
    }
  }

  /** As the API takes it to create one, with a label that tells of what it was made. */
  ObjectNode markedBody() {
    var body = body();
    var mark = compared(MissingNode.getInstance()).mark();
    body.withObject("/Labels").put(SpecMark.LABEL, mark);
    return body;
  }

  /**
   * What of a network that is there is not as is said here; what was never said is not compared.
   */
  List<String> differences(JsonNode there) {
    return compared(there).found(DEFAULTS);
  }

  private static final Map<String, JsonNode> DEFAULTS =
      Map.of(
          "Driver", TextNode.valueOf("bridge"),
          "Internal", BooleanNode.FALSE,
          "Attachable", BooleanNode.FALSE,
          "EnableIPv6", BooleanNode.FALSE,
          "IPAM.Driver", TextNode.valueOf("default"));

  private Differences compared(JsonNode there) {
    var wanted = body();
    var differences = new Differences(there);
    for (var field : List.of("Driver", "Internal", "Attachable", "EnableIPv6")) {
      differences.value(field, wanted.path(field), there.path(field));
    }
    differences
        .entries("Options", wanted.path("Options"), there.path("Options"))
        .entries("Labels", wanted.path("Labels"), there.path("Labels"));
    var addresses = wanted.path("IPAM");
    var given = there.path("IPAM");
    differences
        .value("IPAM.Driver", addresses.path("Driver"), given.path("Driver"))
        .entries("IPAM.Options", addresses.path("Options"), given.path("Options"));
    var pools = addresses.path("Config");
    for (int i = 0; i < pools.size(); i++) {
      differences.entries(
          "IPAM.Config[" + i + "]", pools.path(i), pool(given.path("Config"), pools.path(i), i));
    }
    return differences;
  }

  /** Engines tell pools in an order of their own. */
  private static JsonNode pool(JsonNode given, JsonNode wanted, int index) {
    return given
        .valueStream()
        .filter(each -> each.path("Subnet").equals(wanted.path("Subnet")))
        .findFirst()
        .orElse(given.path(index));
  }
}
