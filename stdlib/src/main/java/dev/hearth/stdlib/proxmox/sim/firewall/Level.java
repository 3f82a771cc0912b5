package dev.hearth.stdlib.proxmox.sim.firewall;

import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.world.Firewall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a firewall stands: each level has its file, its rights and the rules that it allows. */
enum Level {
  CLUSTER("cluster", "/cluster/firewall"),
  NODE("host", "/nodes/{node}/firewall"),
  VM("vm", "/nodes/{node}/qemu/{vmid}/firewall"),
  CT("ct", "/nodes/{node}/lxc/{vmid}/firewall"),
  VNET("vnet", "/cluster/sdn/vnets/{vnet}/firewall");

  /** What Proxmox calls the place where a rule stands. */
  private final String environment;

  private final String path;

  Level(String environment, String path) {
    this.environment = environment;
    this.path = path;
  }

  /** Who may look. */
  private Check readers() {
    return switch (this) {
      case CLUSTER -> Check.perm("/", "Sys.Audit");
      case NODE -> Check.perm("/nodes/{node}", "Sys.Audit");
      case VM, CT -> Check.perm("/vms/{vmid}", "VM.Audit");
      case VNET -> Check.anyUser();
    };
  }

  /** Who may change something. */
  private Check writers() {
    return switch (this) {
      case CLUSTER -> Check.perm("/", "Sys.Modify");
      case NODE -> Check.perm("/nodes/{node}", "Sys.Modify");
      case VM, CT -> Check.perm("/vms/{vmid}", "VM.Config.Network");
      case VNET -> Check.anyUser();
    };
  }

  String environment() {
    return environment;
  }

  String path() {
    return path;
  }

  Set<String> directions() {
    return switch (this) {
      case CLUSTER, NODE -> Set.of("in", "out", "forward", "group");
      case VM, CT -> Set.of("in", "out", "group");
      case VNET -> Set.of("forward", "group");
    };
  }

  boolean isGuest() {
    return this == VM || this == CT;
  }

  /** Whether it has aliases and sets of addresses of its own. */
  boolean hasNames() {
    return this == CLUSTER || isGuest();
  }

  ApiMethod reading(String more, String name) {
    return declared("GET", more, name).allow(readers());
  }

  ApiMethod writing(String verb, String more, String name) {
    return declared(verb, more, name).allow(writers());
  }

  ApiMethod declared(String verb, String more, String name) {
    return ApiMethod.of(verb, path + more).name(name).params(places());
  }

  private Map<String, Param> places() {
    var places = new LinkedHashMap<String, Param>();
    switch (this) {
      case NODE -> places.put("node", Standard.NODE);
      case VM, CT -> {
        places.put("node", Standard.NODE);
        places.put("vmid", Standard.VMID);
      }
      case VNET -> places.put("vnet", Param.of(formatted(Formats.VNET_ID)));
      case CLUSTER -> {
        // there is one datacenter
      }
    }
    return places;
  }

  /** Whether the caller may, where Proxmox asks only once it knows what the call is about. */
  void check(Call call, boolean writes) {
    if (this == VNET) {
      var vnet = call.params().text("vnet");
      var zone = call.world().sections("sdn/vnets").values(vnet).getOrDefault("zone", "");
      call.rights().check("/sdn/zones/" + zone + "/" + vnet, writes ? "SDN.Allocate" : "SDN.Audit");
    }
  }

  /** The file that the call is about. */
  Firewall file(Call call) {
    return call.world().firewall(key(call));
  }

  private String key(Call call) {
    return switch (this) {
      case CLUSTER -> "cluster";
      case NODE -> "node/" + call.node();
      case VM, CT -> "guest/" + call.params().integer("vmid");
      case VNET -> "vnet/" + call.params().text("vnet");
    };
  }

  /** The datacenter's, whose names can be used everywhere. */
  static Firewall ofCluster(Call call) {
    return call.world().firewall("cluster");
  }

  /** A guest's own, whose names come before the datacenter's. */
  @Nullable Firewall ofGuest(Call call) {
    return isGuest() ? file(call) : null;
  }

  /** The levels that a major version of Proxmox VE has. */
  static List<Level> of(int major) {
    return major < 8 ? List.of(CLUSTER, NODE, VM, CT) : List.of(values());
  }
}
