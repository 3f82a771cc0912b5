package dev.hearth.stdlib.proxmox.sim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.spi.Simulator;
import dev.hearth.runtime.spi.SimulatorFactory;
import dev.hearth.stdlib.proxmox.sim.world.World;
import org.jspecify.annotations.Nullable;

/** Makes simulated Proxmoxes: a fresh one as {@link WorldBuilder#standard} has it. */
public final class ProxmoxSimulatorFactory implements SimulatorFactory {
  @Override
  public Simulator start(@Nullable JsonNode saved, Clock clock, Net net) {
    var world = saved == null ? WorldBuilder.standard(clock).build() : World.restore(saved, clock);
    return new ProxmoxSimulator(world, new NetImages(net));
  }
}
