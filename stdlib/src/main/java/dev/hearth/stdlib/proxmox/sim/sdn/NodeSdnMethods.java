package dev.hearth.stdlib.proxmox.sim.sdn;

import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code /nodes/{node}/sdn}: what of the virtual networks runs on a node. */
final class NodeSdnMethods {
  private static final String NODE = "/nodes/{node}/sdn";
  private static final String FABRIC = NODE + "/fabrics/{fabric}";
  private static final int FIRST_WITH_DETAILS = 9;
  private static final Pattern CARD = Pattern.compile("net\\d+");

  private NodeSdnMethods() {}

  static List<ApiMethod> of(int major) {
    boolean isNew = major >= FIRST_WITH_DETAILS;
    var audit =
        isNew
            ? Check.perm("/sdn/zones/{zone}", "SDN.Audit")
            : Check.permAny("/sdn/zones/{zone}", "SDN.Audit");
    var methods = new ArrayList<ApiMethod>();
    methods.add(
        method("/zones/{zone}", "diridx", audit)
            .param("zone", Param.of(formatted(SdnFormats.ZONE_ID)))
            .answers(
                _ ->
                    isNew
                        ? Directories.of("content", "bridges", "ip-vrf")
                        : Directories.of("content")));
    if (isNew) {
      methods.addAll(details(audit));
    }
    return methods;
  }

  private static List<ApiMethod> details(Check audit) {
    var zone = Param.of(string());
    var vnet = Param.of(matching("[a-zA-Z][a-zA-Z0-9]*[a-zA-Z0-9]").minLength(2).maxLength(8));
    return List.of(
        method("/zones/{zone}/bridges", "bridges", audit)
            .param("zone", zone)
            .answers(NodeSdnMethods::bridges),
        method("/zones/{zone}/ip-vrf", "ip-vrf", audit).param("zone", zone).answers(_ -> List.of()),
        method("/vnets/{vnet}", "diridx", Check.anyUser())
            .param("vnet", vnet)
            .answers(_ -> Directories.of("mac-vrf")),
        method("/vnets/{vnet}/mac-vrf", "mac-vrf", Check.anyUser())
            .param("vnet", vnet)
            .answers(_ -> List.of()),
        fabric("", "diridx").answers(_ -> Directories.of("interfaces", "neighbors", "routes")),
        fabric("/interfaces", "interfaces").answers(NodeSdnMethods::interfaces),
        fabric("/neighbors", "neighbors").answers(NodeSdnMethods::neighbors),
        fabric("/routes", "routes").answers(NodeSdnMethods::routes));
  }

  private static ApiMethod method(String path, String name, Check check) {
    return ApiMethod.get(NODE + path).name(name).allow(check).param("node", Standard.NODE);
  }

  private static ApiMethod fabric(String path, String name) {
    return ApiMethod.get(FABRIC + path)
        .name(name)
        .allow(Check.perm("/sdn/fabrics/{fabric}", "SDN.Audit"))
        .param("node", Standard.NODE)
        .param("fabric", FabricMethods.ID);
  }

  private static Object bridges(Call call) {
    var zone = call.params().text("zone");
    var names = new ArrayList<String>();
    if (zone.equals("localnetwork")) {
      call.world()
          .node(call.node())
          .interfaces()
          .forEach(
              (name, is) -> {
                if (is.type().equals("bridge")) {
                  names.add(name);
                }
              });
    }
    VnetMethods.VNETS
        .running(call.world())
        .all()
        .forEach(
            (name, is) -> {
              if (zone.equals(is.values().get("zone"))) {
                names.add(name);
              }
            });
    return names.stream()
        .map(
            name ->
                Item.of("name", name).with("ports", ports(call, name)).with("vlan_filtering", "0"))
        .toList();
  }

  private static List<Item> ports(Call call, String bridge) {
    var ports = new ArrayList<Item>();
    for (var guest : call.world().guests().values()) {
      if (guest.node().equals(call.node()) && guest.isRunning()) {
        guest
            .config()
            .forEach(
                (key, value) -> {
                  boolean isCard = CARD.matcher(key).matches();
                  if (isCard && List.of(value.split(",", -1)).contains("bridge=" + bridge)) {
                    ports.add(port(guest, key));
                  }
                });
      }
    }
    return ports;
  }

  private static Item port(Guest guest, String key) {
    var kind = guest.type().equals("lxc") ? "veth" : "tap";
    var number = key.substring("net".length());
    return Item.of("name", kind + guest.vmid() + "i" + number)
        .with("vmid", guest.vmid())
        .with("index", key);
  }

  private static Map<String, String> here(Call call, String node) {
    return FabricMethods.NODES
        .running(call.world())
        .values(call.params().text("fabric") + "_" + node);
  }

  private static List<String> cards(Call call, String node) {
    return here(call, node)
        .getOrDefault("interfaces", "")
        .lines()
        .map(line -> FabricMethods.INTERFACE.parse(line).get("name").orElse(""))
        .toList();
  }

  private static Object interfaces(Call call) {
    var items = new ArrayList<Item>();
    for (var card : cards(call, call.node())) {
      items.add(Item.of("name", card).with("type", "Point-To-Point").with("state", "Up"));
    }
    if (!here(call, call.node()).isEmpty()) {
      var name = "dummy_" + call.params().text("fabric");
      items.add(Item.of("name", name).with("type", "Loopback").with("state", "Up"));
    }
    return items;
  }

  /** The other nodes of the fabric that this one can reach. */
  private static List<String> others(Call call) {
    return cards(call, call.node()).isEmpty()
        ? List.of()
        : call.world().nodes().keySet().stream()
            .filter(node -> !node.equals(call.node()) && !cards(call, node).isEmpty())
            .filter(call.world()::isOnline)
            .toList();
  }

  private static Object neighbors(Call call) {
    long minutes = (call.world().now() - call.world().boot().getEpochSecond()) / 60;
    return others(call).stream()
        .map(
            node ->
                Item.of("neighbor", node)
                    .with("status", "Up")
                    .with("uptime", minutes / 60 + "h" + minutes % 60 + "m"))
        .toList();
  }

  private static Object routes(Call call) {
    var via = cards(call, call.node());
    return others(call).stream()
        .filter(node -> here(call, node).containsKey("ip"))
        .map(node -> Item.of("route", here(call, node).get("ip") + "/32").with("via", via))
        .toList();
  }
}
