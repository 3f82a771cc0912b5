package dev.hearth.stdlib.proxmox.sim.world;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One machine of the cluster; its interfaces are mutable, guarded by the world's lock.
 *
 * @param ip the address that the cluster knows it by
 * @param cpus threads of one socket
 * @param memoryBytes what is built in
 * @param rootBytes the size of its root file system
 * @param fingerprint of its certificate, SHA-256, as Proxmox prints it
 * @param interfaces by name, in order, each with its properties as Proxmox answers them
 * @param resolver what its {@code resolv.conf} says: {@code search}, {@code dns1} to {@code dns3}
 */
public record Node(
    String name,
    String ip,
    int cpus,
    long memoryBytes,
    long rootBytes,
    String fingerprint,
    Map<String, NetworkInterface> interfaces,
    Map<String, String> resolver) {
  public Node {
    interfaces = new LinkedHashMap<>(interfaces);
    resolver = new LinkedHashMap<>(resolver == null ? Map.of() : resolver);
  }

  /** A node that names no resolver. */
  public Node(
      String name,
      String ip,
      int cpus,
      long memoryBytes,
      long rootBytes,
      String fingerprint,
      Map<String, NetworkInterface> interfaces) {
    this(name, ip, cpus, memoryBytes, rootBytes, fingerprint, interfaces, Map.of());
  }

  /** Whether it has a bridge of this name. */
  public boolean hasBridge(String bridge) {
    var found = interfaces.get(bridge);
    return found != null && found.type().equals("bridge");
  }
}
