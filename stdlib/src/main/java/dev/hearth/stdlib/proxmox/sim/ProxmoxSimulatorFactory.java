package dev.hearth.stdlib.proxmox.sim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.spi.Simulator;
import dev.hearth.runtime.spi.SimulatorFactory;
import dev.hearth.runtime.spi.SimulatorOption;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes simulated Proxmoxes: a fresh one as {@link WorldBuilder#standard} has it. */
public final class ProxmoxSimulatorFactory implements SimulatorFactory {
  private static final SimulatorOption NODES =
      new SimulatorOption(
          "nodes",
          "N",
          "Begin with a cluster of so many nodes. Default: 1.",
          Pattern.compile("[1-9]|1[0-6]"),
          "a number of nodes from 1 to 16");

  private static final SimulatorOption VERSION =
      new SimulatorOption(
          "pve",
          "VERSION",
          "Which Proxmox VE it is: 7, 8 or 9. Default: 8.",
          Pattern.compile("[789]"),
          "7, 8 or 9");

  @Override
  public Simulator start(@Nullable JsonNode saved, Clock clock, Net net) {
    var world = saved == null ? WorldBuilder.standard(clock).build() : World.restore(saved, clock);
    return new ProxmoxSimulator(world, new NetImages(net));
  }

  @Override
  public List<SimulatorOption> options() {
    return List.of(NODES, VERSION);
  }

  @Override
  public JsonNode fresh(Map<String, String> wishes, Clock clock) {
    int count = Integer.parseInt(wishes.getOrDefault(NODES.name(), "1"));
    int major = Integer.parseInt(wishes.getOrDefault(VERSION.name(), "8"));
    return (count == 1
            ? WorldBuilder.standard(clock, major)
            : WorldBuilder.cluster(clock, major, count))
        .build()
        .save();
  }
}
