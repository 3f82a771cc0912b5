package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.InProcessNet;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Simulator;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All simulators of one run, in one network that ends inside this process. */
public final class Simulation implements AutoCloseable {
  private final InProcessNet net = new InProcessNet();
  private final Map<String, Simulator> simulators = new LinkedHashMap<>();

  /**
   * Starts the simulators that {@code bindings} bring.
   *
   * @param world what {@link #save} returned earlier, by binding; an empty object for a new world
   */
  public static Simulation start(Collection<Binding> bindings, ObjectNode world, Clock clock) {
    var simulation = new Simulation();
    for (var binding : bindings) {
      binding
          .simulator()
          .ifPresent(
              factory -> {
                JsonNode saved = world.get(binding.name());
                var simulator = factory.start(saved, clock, simulation.net);
                simulation.simulators.put(binding.name(), simulator);
                simulation.net.serveAll(simulator.services());
              });
    }
    return simulation;
  }

  public InProcessNet net() {
    return net;
  }

  /** How a binding reaches its simulator; empty when it has none. */
  public Optional<Connection> connection(String binding) {
    return Optional.ofNullable(simulators.get(binding)).map(Simulator::connection);
  }

  /** The bindings that are simulated. */
  public Set<String> bindings() {
    return simulators.keySet();
  }

  /** The whole world, by binding. */
  public ObjectNode save() {
    var world = JsonNodeFactory.instance.objectNode();
    simulators.forEach((name, simulator) -> world.set(name, simulator.save()));
    return world;
  }

  @Override
  public void close() {
    simulators.values().forEach(Simulator::close);
  }
}
