package dev.hearth.stdlib.proxmox.sim.sdn;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.NetworkFormats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Fields;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/sdn/zones}: how virtual networks are carried. */
final class ZoneMethods {
  private static final String ALL = "/cluster/sdn/zones";
  private static final String ONE = ALL + "/{zone}";
  private static final List<String> TYPES =
      List.of("evpn", "faucet", "qinq", "simple", "vlan", "vxlan");
  private static final Set<String> COMMON =
      Set.of("nodes", "mtu", "dns", "reversedns", "dnszone", "ipam");
  private static final Map<String, Set<String>> NEEDED =
      Map.of(
          "evpn", Set.of("vrf-vxlan", "controller"),
          "faucet", Set.of("dp-id"),
          "qinq", Set.of("tag", "bridge"),
          "simple", Set.of(),
          "vlan", Set.of("bridge"),
          "vxlan", Set.of("peers"));
  private static final Map<String, Set<String>> POSSIBLE =
      Map.of(
          "evpn",
          Set.of(
              "exitnodes",
              "exitnodes-local-routing",
              "exitnodes-primary",
              "advertise-subnets",
              "disable-arp-nd-suppression",
              "rt-import",
              "mac"),
          "faucet",
          Set.of(),
          "qinq",
          Set.of("vlan-protocol", "bridge-disable-mac-learning"),
          "simple",
          Set.of("dhcp"),
          "vlan",
          Set.of("bridge-disable-mac-learning"),
          "vxlan",
          Set.of("vxlan-port"));
  private static final Param FLAG = Param.optional(bool());
  private static final Param NAME = Param.of(formatted(SdnFormats.ZONE_ID));

  static final Fields FIELDS = new Fields(fields());
  static final SdnObjects ZONES = new SdnObjects("zones", "zone", FIELDS);

  private ZoneMethods() {}

  private static Map<String, Param> fields() {
    var text = Param.optional(string());
    var number = Param.optional(integer());
    var params = new LinkedHashMap<String, Param>();
    for (var name : List.of("bridge", "controller", "dns", "ipam", "reversedns")) {
      params.put(name, text);
    }
    for (var name :
        List.of(
            "advertise-subnets",
            "bridge-disable-mac-learning",
            "disable-arp-nd-suppression",
            "exitnodes-local-routing")) {
      params.put(name, FLAG);
    }
    for (var name : List.of("dp-id", "mtu", "vrf-vxlan")) {
      params.put(name, number);
    }
    params.put("dhcp", Param.optional(oneOf("dnsmasq")));
    params.put("dnszone", Param.optional(formatted(Formats.DNS)));
    params.put("exitnodes", Param.optional(formatted(Formats.NODE.list())));
    params.put("exitnodes-primary", Param.optional(formatted(Formats.NODE)));
    params.put("mac", Param.optional(formatted(Formats.MAC_ADDRESS)));
    params.put("nodes", Param.optional(formatted(Formats.NODE.list())));
    params.put("peers", Param.optional(formatted(NetworkFormats.IP.list())));
    params.put("rt-import", Param.optional(formatted(SdnFormats.TARGETS.list())));
    params.put("tag", Param.optional(integer().min(0)));
    params.put("vlan-protocol", Param.optional(oneOf("802.1q", "802.1ad").orElse("802.1q")));
    params.put("vxlan-port", Param.optional(integer().min(1).max(65_536)));
    return params;
  }

  static List<ApiMethod> all() {
    var allocate = Check.perm("/sdn/zones/{zone}", "SDN.Allocate");
    return List.of(
        ApiMethod.get(ALL)
            .name("index")
            .allow(Check.anyUser())
            .param("pending", FLAG)
            .param("running", FLAG)
            .param("type", Param.optional(oneOf(TYPES)))
            .answers(ZoneMethods::list),
        ApiMethod.post(ALL)
            .name("create")
            .allow(Check.perm("/sdn/zones", "SDN.Allocate"))
            .param("zone", NAME)
            .param("type", Param.of(oneOf(TYPES).format(Formats.CONFIG_ID)))
            .params(FIELDS.params())
            .answers(ZoneMethods::create),
        ApiMethod.get(ONE)
            .name("read")
            .allow(allocate)
            .param("zone", NAME)
            .param("pending", FLAG)
            .param("running", FLAG)
            .answers(ZoneMethods::read),
        ApiMethod.put(ONE)
            .name("update")
            .allow(allocate)
            .param("zone", NAME)
            .params(FIELDS.params())
            .param("delete", Standard.DELETE)
            .param("digest", Standard.DIGEST)
            .answers(ZoneMethods::update),
        ApiMethod.delete(ONE)
            .name("delete")
            .allow(allocate)
            .param("zone", NAME)
            .answers(ZoneMethods::delete));
  }

  private static Object list(Call call) {
    var type = call.params().find("type");
    return ZONES.list(
        call,
        zone ->
            call.rights().hasAny("/sdn/zones/" + zone, "SDN.Audit", "SDN.Allocate")
                && (type == null || type.equals(typeOf(call, zone))),
        (_, _, _) -> {});
  }

  /** The type of a zone, or nothing if there is no such zone. */
  static @Nullable String typeOf(Call call, String zone) {
    return ZONES.configured(call.world()).find(zone).map(is -> is.type()).orElse(null);
  }

  private static void existing(Call call) {
    if (typeOf(call, call.params().text("zone")) == null) {
      throw Refusal.die("sdn '" + call.params().text("zone") + "' does not exist");
    }
  }

  private static @Nullable Object create(Call call) {
    var zone = call.params().text("zone");
    var type = call.params().text("type");
    var values = FIELDS.given(call);
    checkType(type, values);
    return Fields.saying(
        "create sdn zone object failed",
        () -> {
          var file = ZONES.configured(call.world());
          if (file.has(zone)) {
            throw Refusal.die("sdn zone object ID '" + zone + "' already defined");
          }
          checkNames(call, values);
          file.put(zone, type, values);
        });
  }

  private static void checkType(String type, Map<String, String> values) {
    var possible =
        Stream.of(
                COMMON, NEEDED.getOrDefault(type, Set.of()), POSSIBLE.getOrDefault(type, Set.of()))
            .flatMap(Set::stream)
            .collect(Collectors.toSet());
    values.keySet().stream()
        .filter(name -> !possible.contains(name))
        .sorted()
        .findFirst()
        .ifPresent(
            name -> {
              throw Refusal.die("unexpected property '" + name + "'");
            });
    NEEDED.getOrDefault(type, Set.of()).stream()
        .filter(name -> !values.containsKey(name))
        .sorted()
        .findFirst()
        .ifPresent(
            name -> {
              throw Refusal.die("missing value for required option '" + name + "'");
            });
  }

  private static void checkNames(Call call, Map<String, String> values) {
    var ipam = values.get("ipam");
    if (ipam != null && !ipam.equals("pve") && !call.world().sections("sdn/ipams").has(ipam)) {
      throw Refusal.parameter("ipam", ipam + " not existing");
    }
    for (var name : List.of("dns", "reversedns")) {
      var server = values.get(name);
      if (server != null && !call.world().sections("sdn/dns").has(server)) {
        throw Refusal.parameter(name, server + " don't exist");
      }
    }
    if (values.containsKey("dnszone") && !values.containsKey("dns")) {
      throw Refusal.parameter("dnszone", "missing dns server");
    }
    var controller = values.get("controller");
    if (controller != null) {
      var type = call.world().sections("sdn/controllers").find(controller).map(is -> is.type());
      if (type.isEmpty()) {
        throw Refusal.die("controller " + controller + " don't exist");
      }
      if (!type.get().equals("evpn")) {
        throw Refusal.die(controller + " is not a evpn controller type");
      }
    }
  }

  private static Object read(Call call) {
    existing(call);
    return ZONES.one(call, call.params().text("zone"), (_, _, _) -> {});
  }

  private static @Nullable Object update(Call call) {
    existing(call);
    var zone = call.params().text("zone");
    return Fields.saying(
        "update sdn zone object failed",
        () -> {
          var file = ZONES.configured(call.world());
          Fields.check(file.digest(), call.params().find("digest"));
          var type = String.valueOf(typeOf(call, zone));
          var values = FIELDS.changed(file.values(zone), call);
          checkType(type, values);
          checkNames(call, values);
          file.put(zone, type, values);
        });
  }

  private static @Nullable Object delete(Call call) {
    existing(call);
    var zone = call.params().text("zone");
    return Fields.saying(
        "delete sdn zone object failed",
        () -> {
          VnetMethods.VNETS
              .configured(call.world())
              .all()
              .forEach(
                  (vnet, is) -> {
                    if (zone.equals(is.values().get("zone"))) {
                      throw Refusal.parameter("zone", "zone " + zone + " is used by vnet " + vnet);
                    }
                  });
          ZONES.configured(call.world()).remove(zone);
        });
  }
}
