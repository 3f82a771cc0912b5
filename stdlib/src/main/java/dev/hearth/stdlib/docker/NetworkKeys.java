package dev.hearth.stdlib.docker;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keys about how a container is reached and what it reaches. */
final class NetworkKeys {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern EXPOSED =
      Pattern.compile("\\d{1,5}(?:-\\d{1,5})?(?:/(?:tcp|udp|sctp))?");
  private static final Pattern HOST = Pattern.compile("([^=:\\s]+)[=:](\\S+)");

  static final Map<String, SpecRule> RULES =
      Map.ofEntries(
          entry(
              "ports",
              (value, body) -> value.list().forEach(each -> PortReader.publish(each, body))),
          entry("expose", NetworkKeys::expose),
          entry("networks", NetworkKeys::networks),
          entry("network_mode", NetworkKeys::mode),
          entry("mac_address", SpecRule.config("MacAddress")),
          entry("links", SpecRule.hostWords("Links")),
          entry("dns", SpecRule.hostWords("Dns")),
          entry("dns_search", SpecRule.hostWords("DnsSearch")),
          entry("dns_opt", SpecRule.hostWords("DnsOptions")),
          entry("extra_hosts", NetworkKeys::hosts));

  private NetworkKeys() {}

  private static void expose(SpecValue value, SpecBody body) {
    for (var each : value.list()) {
      if (!EXPOSED.matcher(each.word()).matches()) {
        throw each.not("port", "Write it like `3000`, `3000-3005` or `53/udp`.");
      }
      PortReader.expose(each, body);
    }
  }

  private static void mode(SpecValue value, SpecBody body) {
    body.host("NetworkMode", value.word());
  }

  private static void networks(SpecValue value, SpecBody body) {
    if (value.isList()) {
      value
          .list()
          .forEach(
              each -> body.network(body.place().network().apply(each.word()), JSON.objectNode()));
      return;
    }
    // As Compose: the higher its priority, the earlier; those without one in their own order.
    value.map().entrySet().stream()
        .sorted(Comparator.comparingLong(each -> -priority(each.getValue())))
        .forEach(
            each ->
                body.network(
                    body.place().network().apply(each.getKey()), endpoint(each.getValue(), body)));
  }

  private static long priority(SpecValue network) {
    var priority = network.node().path("priority");
    return priority.isMissingNode() || priority.isNull()
        ? 0
        : new SpecValue(network.path() + ".priority", priority).integer();
  }

  private static ObjectNode endpoint(SpecValue value, SpecBody body) {
    var endpoint = JSON.objectNode();
    if (value.isAbsent()) {
      return endpoint;
    }
    var fields =
        value.fields(
            "aliases",
            "ipv4_address",
            "ipv6_address",
            "link_local_ips",
            "mac_address",
            "driver_opts",
            "gw_priority",
            "priority");
    var aliases = fields.get("aliases");
    if (aliases != null) {
      endpoint.set("Aliases", aliases.words());
    }
    address(fields.get("ipv4_address"), endpoint, "IPv4Address");
    address(fields.get("ipv6_address"), endpoint, "IPv6Address");
    var linkLocal = fields.get("link_local_ips");
    if (linkLocal != null) {
      endpoint.withObject("/IPAMConfig").set("LinkLocalIPs", linkLocal.words());
    }
    var mac = fields.get("mac_address");
    if (mac != null) {
      endpoint.put("MacAddress", mac.word());
    }
    var options = fields.get("driver_opts");
    if (options != null) {
      ProcessKeys.labels(options, endpoint.putObject("DriverOpts"));
    }
    var gateway = fields.get("gw_priority");
    if (gateway != null) {
      body.needs(1, 48, "`" + gateway.path() + "`");
      endpoint.put("GwPriority", gateway.integer());
    }
    return endpoint;
  }

  private static void address(@Nullable SpecValue value, ObjectNode endpoint, String field) {
    if (value != null) {
      endpoint.withObject("/IPAMConfig").put(field, value.word());
    }
  }

  private static void hosts(SpecValue value, SpecBody body) {
    var hosts = body.hostList("ExtraHosts");
    if (value.isMap()) {
      value
          .map()
          .forEach(
              (name, address) ->
                  address.oneOrList().forEach(each -> hosts.add(name + ":" + bare(each.word()))));
      return;
    }
    for (var each : value.list()) {
      var form = HOST.matcher(each.word());
      if (!form.matches()) {
        throw each.not("host with its address", "Write it like `nas=192.168.1.5`.");
      }
      hosts.add(form.group(1) + ":" + bare(form.group(2)));
    }
  }

  private static String bare(String address) {
    return address.startsWith("[") && address.endsWith("]")
        ? address.substring(1, address.length() - 1)
        : address;
  }
}
