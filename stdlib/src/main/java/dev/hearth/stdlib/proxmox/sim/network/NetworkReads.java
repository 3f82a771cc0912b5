package dev.hearth.stdlib.proxmox.sim.network;

import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.Sections.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Proxmox tells of interfaces: those that are there, and those that are only wanted. */
final class NetworkReads {
  private static final Set<String> BRIDGES = Set.of("bridge", "OVSBridge");
  private static final Set<String> NUMBERS = Set.of("autostart", "bridge_vlan_aware");
  private static final int FIRST_WITH_RIGHTS_ON_BRIDGES = 8;

  private NetworkReads() {}

  static InterfacesFile file(Call call) {
    return new InterfacesFile(call.world(), call.world().node(call.node()));
  }

  static Object list(Call call) {
    var file = file(call);
    var wanted = call.params().find("type");
    var entries = new ArrayList<Item>();
    file.interfaces()
        .forEach(
            (name, stanza) -> {
              boolean isBridge = BRIDGES.contains(stanza.type());
              if (isWanted(wanted, stanza.type()) && (!isBridge || mayUse(call, name))) {
                entries.add(described(file, name, stanza).with("iface", name));
              }
            });
    if (file.isPending()) {
      call.beside("changes", file.changes());
    }
    return entries;
  }

  private static boolean isWanted(@Nullable String wanted, String type) {
    return wanted == null
        || wanted.equals("include_sdn")
        || wanted.equals(type)
        || (wanted.startsWith("any_") && BRIDGES.contains(type));
  }

  private static boolean mayUse(Call call, String bridge) {
    return call.world().major() < FIRST_WITH_RIGHTS_ON_BRIDGES
        || call.rights().hasAny("/sdn/zones/localnetwork/" + bridge, "SDN.Audit", "SDN.Use");
  }

  static Object read(Call call) {
    var name = call.params().text("iface");
    var file = file(call);
    var stanza = file.interfaces().get(name);
    if (stanza == null) {
      throw Refusal.parameter("iface", "interface does not exist");
    }
    return described(file, name, stanza);
  }

  private static Item described(InterfacesFile file, String name, Section stanza) {
    var values = stanza.values();
    var entry =
        Item.of("type", stanza.type())
            .with("method", values.containsKey("address") ? "static" : "manual")
            .with("method6", values.containsKey("address6") ? "static" : "manual")
            .with("families", families(stanza));
    if (file.isCard(name) || file.current().containsKey(name)) {
      entry.with("active", 1);
    }
    if (file.isCard(name)) {
      entry.with("exists", 1);
    } else if (stanza.type().equals(InterfaceKind.VLAN)) {
      entry.with("exists", file.isCard(values.getOrDefault("vlan-raw-device", "")) ? 1 : null);
    }
    int priority = file.priority(name);
    entry.withKnown("priority", priority == 0 ? null : priority);
    values.forEach(
        (key, value) -> entry.with(key, NUMBERS.contains(key) ? Integer.valueOf(value) : value));
    if ("0".equals(values.get("autostart"))) {
      entry.remove("autostart");
    }
    return entry;
  }

  private static List<String> families(Section stanza) {
    boolean hasIpv6 = stanza.values().containsKey("address6");
    if (!hasIpv6) {
      return List.of("inet");
    }
    return stanza.values().containsKey("address") ? List.of("inet", "inet6") : List.of("inet6");
  }
}
