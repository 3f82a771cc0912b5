package dev.hearth.stdlib;

import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.SimulatorFactory;
import java.util.List;
import java.util.Optional;

/** A binding whose facade, {@code stdlib.js}, is its operations as they are. */
record BareOps(Binding binding) implements Binding {
  @Override
  public String name() {
    return binding.name();
  }

  @Override
  public boolean needsIntent() {
    return binding.needsIntent();
  }

  @Override
  public Object pure() {
    return binding.pure();
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    return binding.open(connection, context);
  }

  @Override
  public List<Permission> reach(Connection connection) {
    return binding.reach(connection);
  }

  @Override
  public Optional<SimulatorFactory> simulator() {
    return binding.simulator();
  }
}
