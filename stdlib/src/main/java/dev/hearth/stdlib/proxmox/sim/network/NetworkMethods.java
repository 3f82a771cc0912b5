package dev.hearth.stdlib.proxmox.sim.network;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.NetworkFormats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /nodes/{node}/network}: interfaces are changed in a file that is then applied. */
public final class NetworkMethods {
  private static final String ALL = "/nodes/{node}/network";
  private static final String ONE = ALL + "/{iface}";
  private static final Check AUDIT = Check.perm("/nodes/{node}", "Sys.Audit");
  private static final Check MODIFY = Check.perm("/nodes/{node}", "Sys.Modify");
  private static final Param NAME =
      Param.of(formatted(Formats.INTERFACE).minLength(2).maxLength(20));

  private final int major;

  private NetworkMethods(int major) {
    this.major = major;
  }

  /** The methods of a major version of Proxmox VE. */
  public static List<ApiMethod> of(int major) {
    return new NetworkMethods(major).all();
  }

  private List<ApiMethod> all() {
    var reload =
        method("PUT", ALL, "reload_network_config", MODIFY).task().answers(NetworkChanges::apply);
    if (major >= 9) {
      reload.param("regenerate-frr", Param.optional(bool().orElse("0")));
    }
    return List.of(
        method("GET", ALL, "index", Check.anyUser())
            .param("type", Param.optional(oneOf(listed())))
            .answers(NetworkReads::list),
        method("POST", ALL, "create_network", MODIFY)
            .param("iface", NAME)
            .params(properties())
            .answers(NetworkChanges::create),
        reload,
        method("DELETE", ALL, "revert_network_changes", MODIFY).answers(NetworkChanges::revert),
        method("GET", ONE, "network_config", AUDIT)
            .param("iface", NAME)
            .answers(NetworkReads::read),
        method("PUT", ONE, "update_network", MODIFY)
            .param("iface", NAME)
            .params(properties())
            .param("delete", Param.optional(formatted(Formats.CONFIG_ID.list())))
            .answers(NetworkChanges::update),
        method("DELETE", ONE, "delete_network", MODIFY)
            .param("iface", NAME)
            .answers(NetworkChanges::delete));
  }

  private static ApiMethod method(String verb, String path, String name, Check check) {
    return ApiMethod.of(verb, path).name(name).allow(check).param("node", Standard.NODE);
  }

  private List<String> types() {
    var types = new ArrayList<>(List.of("bridge", "bond", "eth", "alias", "vlan"));
    if (major >= 9) {
      types.add("fabric");
    }
    types.addAll(List.of("OVSBridge", "OVSBond", "OVSPort", "OVSIntPort", "vnet"));
    return types;
  }

  private List<String> listed() {
    var types = new ArrayList<>(types());
    types.addAll(List.of("any_bridge", "any_local_bridge"));
    if (major >= 9) {
      types.add("include_sdn");
    }
    return types;
  }

  private Map<String, Param> properties() {
    var params = new LinkedHashMap<String, Param>();
    var types = new ArrayList<>(types());
    types.add("unknown");
    params.put("type", Param.of(oneOf(types)));
    params.put("autostart", Param.optional(bool()));
    addresses(params);
    params.put("mtu", Param.optional(integer().min(1280).max(65_520)));
    params.put("comments", Param.optional(string()));
    params.put("comments6", Param.optional(string()));
    var iface = Param.optional(formatted(Formats.INTERFACE));
    var interfaces = Param.optional(formatted(Formats.INTERFACE.list()));
    params.put("bridge_ports", interfaces);
    params.put("bridge_vlan_aware", Param.optional(bool()));
    params.put("bridge_vids", Param.optional(formatted(NetworkFormats.VLANS_OR_RANGE.list())));
    params.put("slaves", interfaces);
    params.put("bond-primary", iface);
    params.put(
        "bond_mode",
        Param.optional(
            oneOf(
                "balance-rr",
                "active-backup",
                "balance-xor",
                "broadcast",
                "802.3ad",
                "balance-tlb",
                "balance-alb",
                "balance-slb",
                "lacp-balance-slb",
                "lacp-balance-tcp")));
    params.put("bond_xmit_hash_policy", Param.optional(oneOf("layer2", "layer2+3", "layer3+4")));
    params.put("vlan-id", Param.optional(integer().min(1).max(4094)));
    params.put("vlan-raw-device", iface);
    params.put("ovs_bonds", interfaces);
    params.put("ovs_bridge", iface);
    params.put("ovs_options", Param.optional(string().maxLength(1024)));
    params.put("ovs_ports", interfaces);
    params.put("ovs_tag", Param.optional(integer().min(1).max(4094)));
    return params;
  }

  private static void addresses(Map<String, Param> params) {
    params.put("cidr", Param.optional(formatted(NetworkFormats.CIDR4)));
    params.put("address", Param.optional(formatted(Formats.IPV4_ADDRESS)).requires("netmask"));
    params.put("netmask", Param.optional(formatted(NetworkFormats.NETMASK)).requires("address"));
    params.put("gateway", Param.optional(formatted(Formats.IPV4_ADDRESS)));
    params.put("cidr6", Param.optional(formatted(NetworkFormats.CIDR6)));
    params.put("address6", Param.optional(formatted(Formats.IPV6_ADDRESS)).requires("netmask6"));
    params.put("netmask6", Param.optional(integer().min(0).max(128)).requires("address6"));
    params.put("gateway6", Param.optional(formatted(Formats.IPV6_ADDRESS)));
  }
}
