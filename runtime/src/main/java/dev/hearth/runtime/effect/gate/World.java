package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.Processes;
import dev.hearth.runtime.effect.file.SystemFiles;
import dev.hearth.runtime.effect.process.SystemProcesses;

/**
 * What stands behind the gates of one run. Files are always the user's own: a simulated run reads
 * and writes what it was granted, and nothing else.
 */
public record World(Net net, Processes processes, Environment environment, Clock clock) {
  /** The real one, with the environment that is the user's. */
  public static World real(Net net, Environment environment, Clock clock, Limits limits) {
    return new World(net, new SystemProcesses(limits), environment, clock);
  }

  /**
   * The simulated one: simulators in place of the network, and no programs.
   *
   * @param net ends inside this process
   */
  public static World simulated(Net net, Environment environment, Clock clock) {
    return new World(net, new SimulatedProcesses(), environment, clock);
  }

  /** This world as the gate's principal may see it. */
  public Effects through(Gate gate) {
    return new GatedEffects(
        new GatedNet(net, gate),
        new SystemFiles(new GatedDoor(gate), gate.limits()),
        new GatedProcesses(processes, environment, gate),
        new GatedEnvironment(environment, gate),
        clock);
  }

  private record GatedEffects(
      Net net, Files files, Processes processes, Environment environment, Clock clock)
      implements Effects {}
}
