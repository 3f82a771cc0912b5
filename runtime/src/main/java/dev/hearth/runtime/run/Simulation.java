package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.InProcessNet;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Simulator;
import dev.hearth.runtime.spi.SimulatorFactory;
import dev.hearth.runtime.storage.JsonFile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** All simulators of one run, in one network that ends inside this process. */
public final class Simulation implements AutoCloseable {
  private final InProcessNet net = new InProcessNet();
  private final Map<String, Simulator> simulators = new LinkedHashMap<>();

  private final Optional<Path> file;

  private Simulation(Optional<Path> file) {
    this.file = file;
  }

  /**
   * Starts the simulators that {@code bindings} bring.
   *
   * @param file the world that {@link #end} saved earlier; absent or empty for a new world
   */
  public static Simulation start(Collection<Binding> bindings, Optional<Path> file, Clock clock) {
    return start(bindings, Binding::simulator, file, clock);
  }

  /** The same of a user's Hearth, with what the user wrote down. */
  public static Simulation start(Surroundings surroundings, Optional<Path> file, Clock clock) {
    return start(surroundings.bindings().all(), surroundings::simulator, file, clock);
  }

  private static Simulation start(
      Collection<Binding> bindings,
      Function<Binding, Optional<SimulatorFactory>> simulators,
      Optional<Path> file,
      Clock clock) {
    var world =
        file.map(saved -> JsonFile.ofProject(saved).inExistingFolder().read().root())
            .orElseGet(JsonNodeFactory.instance::objectNode);
    var simulation = new Simulation(file);
    var complete = false;
    try {
      bindings.forEach(
          binding ->
              simulators
                  .apply(binding)
                  .ifPresent(
                      factory ->
                          simulation.add(
                              binding.name(),
                              factory.start(world.get(binding.name()), clock, simulation.net()))));
      complete = true;
      return simulation;
    } finally {
      if (!complete) {
        simulation.close();
      }
    }
  }

  private void add(String binding, Simulator simulator) {
    simulators.put(binding, simulator);
    net.serveAll(simulator.services());
  }

  public InProcessNet net() {
    return net;
  }

  /** How a binding reaches its simulator; empty when it has none. */
  public Optional<Connection> connection(String binding) {
    return Optional.ofNullable(simulators.get(binding)).map(Simulator::connection);
  }

  /** As {@link Simulator#role}, of the simulator of a binding that has one. */
  public List<String> role(String binding, String name, Optional<String> whom) {
    return Objects.requireNonNull(simulators.get(binding), "it is simulated").role(name, whom);
  }

  /** The bindings that are simulated. */
  public Set<String> bindings() {
    return simulators.keySet();
  }

  /** Saves the world, where it has a file, and closes it. */
  public void end() {
    try (this) {
      file.ifPresent(
          saved -> JsonFile.ofProject(saved).update(content -> content.root().setAll(world())));
    }
  }

  private ObjectNode world() {
    var world = JsonNodeFactory.instance.objectNode();
    simulators.forEach((name, simulator) -> world.set(name, simulator.save()));
    return world;
  }

  /** Ends the simulators; what happened in their world is forgotten. */
  @Override
  public void close() {
    simulators.values().forEach(Simulator::close);
  }
}
