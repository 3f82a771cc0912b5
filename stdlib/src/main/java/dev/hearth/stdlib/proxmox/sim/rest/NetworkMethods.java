package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;

import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /nodes/{node}/network}, as far as it can be read. */
public final class NetworkMethods {
  private static final Set<String> BRIDGES = Set.of("bridge", "OVSBridge");
  private static final int FIRST_PRIORITY = 3; // the loopback device and comments come before
  private static final ValueFormat INTERFACE =
      ValueFormat.of(
          "pve-iface",
          value ->
              value.matches("[a-zA-Z][a-zA-Z0-9_]{1,20}([:.]\\d+)?")
                  ? Optional.empty()
                  : Optional.of("invalid network interface name '" + value + "'\n"));

  private NetworkMethods() {}

  public static List<ApiMethod> all() {
    return List.of(
        ApiMethod.get("/nodes/{node}/network")
            .name("index")
            .allow(Check.anyUser())
            .param("node", Standard.NODE)
            .param(
                "type",
                Param.optional(
                    oneOf(
                        "bridge",
                        "bond",
                        "eth",
                        "alias",
                        "vlan",
                        "OVSBridge",
                        "OVSBond",
                        "OVSPort",
                        "OVSIntPort",
                        "vnet",
                        "any_bridge",
                        "any_local_bridge")))
            .answers(NetworkMethods::list),
        ApiMethod.get("/nodes/{node}/network/{iface}")
            .name("network_config")
            .allow(Check.perm("/nodes/{node}", "Sys.Audit"))
            .param("node", Standard.NODE)
            .param("iface", Param.of(formatted(INTERFACE).minLength(2).maxLength(20)))
            .answers(NetworkMethods::read));
  }

  private static Object list(Call call) {
    var wanted = call.params().find("type");
    var entries = new ArrayList<Item>();
    int priority = FIRST_PRIORITY;
    for (var entry : call.world().node(call.node()).interfaces().entrySet()) {
      var name = entry.getKey();
      var type = entry.getValue().type();
      boolean isBridge = BRIDGES.contains(type);
      boolean isWanted =
          wanted == null || (wanted.startsWith("any_") ? isBridge : wanted.equals(type));
      if (isWanted && (!isBridge || mayUse(call, name))) {
        entries.add(described(entry.getValue(), priority).with("iface", name));
      }
      priority += type.equals("eth") ? 0 : 1;
    }
    return entries;
  }

  private static boolean mayUse(Call call, String bridge) {
    return call.rights().hasAny("/sdn/zones/localnetwork/" + bridge, "SDN.Audit", "SDN.Use");
  }

  private static Item described(NetworkInterface of, int priority) {
    var properties = of.properties();
    var entry =
        Item.of("type", of.type())
            .with("method", properties.containsKey("address") ? "static" : "manual")
            .with("method6", properties.containsKey("address6") ? "static" : "manual")
            .with("families", List.of("inet"))
            .with("active", 1);
    if (of.type().equals("eth")) {
      entry.with("exists", 1);
    } else {
      entry.with("autostart", 1).with("priority", priority);
    }
    properties.forEach(entry::with);
    return entry;
  }

  private static Object read(Call call) {
    var name = call.params().text("iface");
    int priority = FIRST_PRIORITY;
    for (var entry : call.world().node(call.node()).interfaces().entrySet()) {
      if (entry.getKey().equals(name)) {
        return described(entry.getValue(), priority);
      }
      priority += entry.getValue().type().equals("eth") ? 0 : 1;
    }
    throw Refusal.parameter("iface", "interface does not exist");
  }
}
