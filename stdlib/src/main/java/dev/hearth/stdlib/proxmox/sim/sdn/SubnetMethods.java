package dev.hearth.stdlib.proxmox.sim.sdn;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.NetworkFormats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Fields;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/sdn/vnets/{vnet}/subnets}: addresses in virtual networks. */
final class SubnetMethods {
  private static final String ALL = "/cluster/sdn/vnets/{vnet}/subnets";
  private static final String ONE = ALL + "/{subnet}";
  private static final Param FLAG = Param.optional(bool());
  private static final Param NAME = Param.of(formatted(SdnFormats.SUBNET_ID));

  static final Fields FIELDS = new Fields(fields());
  static final SdnObjects SUBNETS = new SdnObjects("subnets", "subnet", FIELDS);

  private SubnetMethods() {}

  private static Map<String, Param> fields() {
    var params = new LinkedHashMap<String, Param>();
    params.put("gateway", Param.optional(formatted(NetworkFormats.IP)));
    params.put("snat", FLAG);
    params.put("dhcp-range", Param.list(formatted(SdnFormats.RANGE)));
    params.put("dhcp-dns-server", Param.optional(formatted(NetworkFormats.IP)));
    params.put("dnszoneprefix", Param.optional(formatted(Formats.DNS)));
    return params;
  }

  static List<ApiMethod> all() {
    return List.of(
        method("GET", ALL, "index")
            .param("pending", FLAG)
            .param("running", FLAG)
            .answers(SubnetMethods::list),
        method("POST", ALL, "create")
            .param("subnet", NAME)
            .param("type", Param.of(oneOf("subnet")))
            .params(FIELDS.params())
            .answers(SubnetMethods::create),
        method("GET", ONE, "read")
            .param("subnet", NAME)
            .param("pending", FLAG)
            .param("running", FLAG)
            .answers(SubnetMethods::read),
        method("PUT", ONE, "update")
            .param("vnet", VnetMethods.NAME.asOptional())
            .param("subnet", NAME)
            .params(FIELDS.params())
            .param("delete", Standard.DELETE)
            .param("digest", Standard.DIGEST)
            .answers(SubnetMethods::update),
        method("DELETE", ONE, "delete").param("subnet", NAME).answers(SubnetMethods::delete));
  }

  private static ApiMethod method(String verb, String path, String name) {
    return ApiMethod.of(verb, path)
        .name(name)
        .allow(Check.anyUser())
        .param("vnet", VnetMethods.NAME);
  }

  private static Object list(Call call) {
    var vnet = VnetMethods.allowed(call, "SDN.Audit", "SDN.Allocate");
    return SUBNETS.list(call, id -> vnet.equals(vnetOf(call, id)), SubnetMethods::tell);
  }

  private static String vnetOf(Call call, String subnet) {
    var configured = SUBNETS.configured(call.world()).values(subnet).get("vnet");
    var running = SUBNETS.running(call.world()).values(subnet).getOrDefault("vnet", "");
    return configured == null ? running : configured;
  }

  private static void tell(Item item, String id, Map<String, String> values) {
    int dash = id.indexOf('-');
    int last = id.lastIndexOf('-');
    var network = id.substring(dash + 1, last);
    var mask = id.substring(last + 1);
    item.with("id", id)
        .with("network", network)
        .with("mask", mask)
        .with("cidr", network + "/" + mask)
        .with("zone", id.substring(0, dash))
        .with("dhcp-range", ranges(values.getOrDefault("dhcp-range", "")));
  }

  private static List<Item> ranges(String kept) {
    return kept.lines()
        .map(SdnFormats.RANGE::parse)
        .map(
            range ->
                Item.of("start-address", range.get("start-address").orElse(""))
                    .with("end-address", range.get("end-address").orElse("")))
        .toList();
  }

  private static Object read(Call call) {
    VnetMethods.allowed(call, "SDN.Audit", "SDN.Allocate");
    var id = call.params().text("subnet");
    if (!SUBNETS.configured(call.world()).has(id)) {
      throw Refusal.die("sdn subnet '" + id + "' does not exist");
    }
    return SUBNETS.one(call, id, SubnetMethods::tell);
  }

  private static @Nullable Object create(Call call) {
    var vnet = VnetMethods.allowed(call, "SDN.Allocate");
    var cidr = call.params().text("subnet");
    var id = VnetMethods.zoneOf(call, vnet) + "-" + cidr.replace('/', '-');
    return Fields.saying(
        "create sdn subnet object failed",
        () -> {
          var file = SUBNETS.configured(call.world());
          if (file.has(id)) {
            throw Refusal.die("sdn subnet object ID '" + id + "' already defined");
          }
          var values = FIELDS.given(call);
          check(cidr, values);
          values.put("vnet", vnet);
          file.put(id, "subnet", values);
        });
  }

  private static void check(String cidr, Map<String, String> values) {
    var gateway = values.get("gateway");
    if (gateway != null && !isWithin(gateway, cidr)) {
      throw Refusal.parameter("gateway", gateway + " is not in subnet " + cidr);
    }
    for (var range : ranges(values.getOrDefault("dhcp-range", ""))) {
      for (var end : List.of("start-address", "end-address")) {
        var address = String.valueOf(range.get(end));
        if (!isWithin(address, cidr)) {
          throw Refusal.parameter("dhcp-range", end + " " + address + " is not in subnet " + cidr);
        }
      }
    }
  }

  static boolean isWithin(String address, String cidr) {
    int slash = cidr.indexOf('/');
    var network = InetAddress.ofLiteral(cidr.substring(0, slash)).getAddress();
    var bytes = InetAddress.ofLiteral(address).getAddress();
    int host = network.length * 8 - Integer.parseInt(cidr.substring(slash + 1));
    return bytes.length == network.length
        && new BigInteger(1, bytes)
            .shiftRight(host)
            .equals(new BigInteger(1, network).shiftRight(host));
  }

  private static @Nullable Object update(Call call) {
    VnetMethods.allowed(call, "SDN.Allocate");
    var id = call.params().text("subnet");
    return Fields.saying(
        "update sdn subnet object failed",
        () -> {
          var file = SUBNETS.configured(call.world());
          if (!file.has(id)) {
            throw Refusal.die("sdn subnet '" + id + "' does not exist");
          }
          Fields.check(file.digest(), call.params().find("digest"));
          var values = FIELDS.changed(file.values(id), call);
          int dash = id.indexOf('-');
          int last = id.lastIndexOf('-');
          check(id.substring(dash + 1, last) + "/" + id.substring(last + 1), values);
          file.put(id, "subnet", values);
        });
  }

  /** Removing what is not there is no error. */
  private static @Nullable Object delete(Call call) {
    VnetMethods.allowed(call, "SDN.Allocate");
    SUBNETS.configured(call.world()).remove(call.params().text("subnet"));
    return null;
  }
}
