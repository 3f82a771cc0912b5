package dev.hearth.stdlib.proxmox.sim.network;

import static dev.hearth.stdlib.proxmox.sim.network.InterfaceKind.BOND;
import static dev.hearth.stdlib.proxmox.sim.network.InterfaceKind.BRIDGE;
import static dev.hearth.stdlib.proxmox.sim.network.InterfaceKind.ETHERNET;

import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.Sections.Section;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What Proxmox demands of all interfaces together before it writes their file. */
final class InterfaceCheck {
  private static final List<String> PORTS =
      List.of("bridge_ports", "ovs_ports", "slaves", "ovs_bonds");

  private final Map<String, Section> stanzas;

  InterfaceCheck(Map<String, Section> stanzas) {
    this.stanzas = new TreeMap<>(stanzas);
  }

  void all() {
    stanzas.forEach(
        (name, stanza) -> {
          switch (stanza.type()) {
            case BOND -> slaves(name, stanza);
            case BRIDGE -> ports(name, stanza);
            default -> {
              // it has no parts
            }
          }
        });
  }

  private void slaves(String bond, Section stanza) {
    for (var slave : Lists.split(stanza.values().getOrDefault("slaves", ""))) {
      var type = typeOf(slave);
      if (!type.equals(ETHERNET) && !type.equals(BOND)) {
        throw Refusal.die(
            "bond '%s' - wrong interface type on slave '%s' ('%s' != 'eth or bond')"
                .formatted(bond, slave, type));
      }
    }
  }

  private void ports(String bridge, Section stanza) {
    for (var port : Lists.split(stanza.values().getOrDefault("bridge_ports", ""))) {
      var base = port.contains(".") ? port.substring(0, port.indexOf('.')) : port;
      if (!stanzas.containsKey(port) && !stanzas.containsKey(base)) {
        throw Refusal.die("bridge '" + bridge + "' - unable to find bridge port '" + port + "'");
      }
    }
  }

  private String typeOf(String name) {
    var stanza = stanzas.get(name);
    return stanza == null ? "" : stanza.type();
  }

  /** Refuses ports that another interface has. */
  void unused(String name, Map<String, String> wanted) {
    for (var key : PORTS) {
      for (var port : Lists.split(wanted.getOrDefault(key, ""))) {
        stanzas.forEach(
            (other, stanza) -> {
              boolean isTaken =
                  PORTS.stream()
                      .flatMap(k -> Lists.split(stanza.values().getOrDefault(k, "")).stream())
                      .anyMatch(port::equals);
              if (!other.equals(name) && isTaken) {
                throw Refusal.parameter(
                    key, port + " is already used on interface '" + other + "'.");
              }
            });
      }
    }
  }

  /** Refuses a second default gateway; {@code key} is {@code gateway} or {@code gateway6}. */
  void gateway(String name, String key) {
    stanzas.forEach(
        (other, stanza) -> {
          if (!other.equals(name) && stanza.values().containsKey(key)) {
            throw Refusal.parameter(
                key, "Default gateway already exists on interface '" + other + "'.");
          }
        });
  }
}
