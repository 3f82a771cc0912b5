package dev.hearth.stdlib.proxmox.sim.world;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network interface of a node.
 *
 * @param type {@code bridge}, {@code eth}, {@code vlan} …
 * @param properties what else Proxmox says of it, such as {@code bridge_ports}, {@code address}
 */
public record NetworkInterface(String type, Map<String, String> properties) {
  public NetworkInterface {
    properties = new LinkedHashMap<>(properties);
  }

  /** A bridge over these ports, without an address. */
  public static NetworkInterface bridge(String ports) {
    return new NetworkInterface(
        "bridge", Map.of("bridge_ports", ports, "bridge_stp", "off", "bridge_fd", "0"));
  }

  /** A network card. */
  public static NetworkInterface ethernet() {
    return new NetworkInterface("eth", Map.of());
  }
}
