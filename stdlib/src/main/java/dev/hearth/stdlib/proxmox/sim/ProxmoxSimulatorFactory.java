package dev.hearth.stdlib.proxmox.sim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.spi.Simulator;
import dev.hearth.runtime.spi.SimulatorFactory;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes simulated Proxmoxes: a fresh one as {@link WorldBuilder#standard} has it. */
public final class ProxmoxSimulatorFactory implements SimulatorFactory {
  @Override
  public Simulator start(@Nullable JsonNode saved, Clock clock, Net net) {
    var world = saved == null ? WorldBuilder.standard(clock).build() : World.restore(saved, clock);
    return new ProxmoxSimulator(world, new NetImages(net));
  }

  /** {@code nodes} from 1 to 16, and {@code pve}, the major version. */
  @Override
  public JsonNode fresh(Map<String, String> wishes, Clock clock) {
    var nodes = wishes.getOrDefault("nodes", "1");
    var version = wishes.getOrDefault("pve", "8");
    if (!nodes.matches("[1-9]|1[0-6]")) {
      throw new IllegalArgumentException("a number of nodes from 1 to 16");
    }
    if (!version.matches("[789]")) {
      throw new IllegalArgumentException("7, 8 or 9");
    }
    int count = Integer.parseInt(nodes);
    int major = Integer.parseInt(version);
    return (count == 1
            ? WorldBuilder.standard(clock, major)
            : WorldBuilder.cluster(clock, major, count))
        .build()
        .save();
  }
}
