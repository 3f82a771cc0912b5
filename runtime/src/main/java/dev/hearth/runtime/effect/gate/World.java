package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.Processes;
import dev.hearth.runtime.effect.Secrets;
import dev.hearth.runtime.effect.file.SystemFiles;
import dev.hearth.runtime.effect.process.SystemProcesses;
import dev.hearth.runtime.secret.Secret;
import java.util.Optional;

/**
 * What stands behind the gates of one run. Files are always the user's own: a simulated run reads
 * and writes what it was granted, and nothing else.
 */
public record World(
    Net net, Processes processes, Environment environment, Secrets secrets, Clock clock) {
  /** The real one, with the environment that is the user's. */
  public static World real(Net net, Environment environment, Secrets secrets, Limits limits) {
    return new World(net, new SystemProcesses(limits), environment, secrets, Clock.system());
  }

  /** The same world in another time. */
  public World at(Clock other) {
    return new World(net, processes, environment, secrets, other);
  }

  /**
   * The simulated one: simulators in place of the network, no programs, and a value that opens
   * nothing for each secret.
   *
   * @param net ends inside this process
   */
  public static World simulated(Net net, Environment environment, Clock clock) {
    Secrets simulated = name -> Optional.of(Secret.of("simulated value of " + name));
    return new World(net, new SimulatedProcesses(), environment, simulated, clock);
  }

  /** This world as the gate's principal may see it. */
  public Effects through(Gate gate) {
    var effects = gated(gate);
    return gate.crossings().map(Traced::new).map(effects::followedBy).orElse(effects);
  }

  private GatedEffects gated(Gate gate) {
    return new GatedEffects(
        new GatedNet(net, gate),
        new SystemFiles(new GatedDoor(gate), gate.limits()),
        new GatedProcesses(processes, environment, gate),
        new GatedEnvironment(environment, gate),
        new GatedSecrets(secrets, gate),
        clock);
  }

  private record GatedEffects(
      Net net,
      Files files,
      Processes processes,
      Environment environment,
      Secrets secrets,
      Clock clock)
      implements Effects {
    GatedEffects followedBy(Traced traced) {
      return new GatedEffects(
          traced.effects(Net.class, net),
          traced.effects(Files.class, files),
          traced.effects(Processes.class, processes),
          traced.effects(Environment.class, environment),
          traced.effects(Secrets.class, secrets),
          clock);
    }
  }
}
