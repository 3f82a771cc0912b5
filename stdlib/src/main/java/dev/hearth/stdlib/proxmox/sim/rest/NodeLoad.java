package dev.hearth.stdlib.proxmox.sim.rest;

import dev.hearth.stdlib.proxmox.sim.world.Guest;
import dev.hearth.stdlib.proxmox.sim.world.Node;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.time.Duration;

/** How busy a node is: it does nothing but run its guests. */
public final class NodeLoad {
  private static final long OWN_MEMORY = 1_500L * 1024 * 1024;
  private static final double CPU_PER_GUEST = 0.02;

  private final World world;
  private final Node node;

  public NodeLoad(World world, Node node) {
    this.world = world;
    this.node = node;
  }

  private long running() {
    return world.guests().values().stream()
        .filter(guest -> guest.node().equals(node.name()))
        .filter(Guest::isRunning)
        .count();
  }

  public double cpu() {
    return Math.min(1, 0.01 + CPU_PER_GUEST * running());
  }

  public long memoryBytes() {
    return Math.min(node.memoryBytes(), OWN_MEMORY + running() * 512L * 1024 * 1024);
  }

  public long rootBytes() {
    return node.rootBytes() / 10;
  }

  public long uptimeSeconds() {
    return Math.max(0, Duration.between(world.boot(), world.clock().now()).toSeconds());
  }
}
