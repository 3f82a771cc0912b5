package dev.hearth.cli;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.module.Bindings;
import dev.hearth.runtime.run.ConnectionSource;
import dev.hearth.runtime.run.Surroundings;
import dev.hearth.runtime.settings.ConnectionError;
import dev.hearth.runtime.settings.Connections;
import dev.hearth.runtime.settings.StoredConnection;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Connection.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The connections of a user: those that are stored, and those that the environment spells out. */
final class KnownConnections {
  private final Surroundings surroundings;
  private final Connections connections;
  private final Bindings bindings;

  KnownConnections(Hearth hearth) {
    this.surroundings = hearth.surroundings();
    this.connections = surroundings.connections();
    this.bindings = surroundings.bindings();
  }

  /** All of them; before the stored ones of a binding that of the environment. */
  List<ShownConnection> list() {
    var stored = connections.list();
    var shown = new ArrayList<ShownConnection>();
    for (var binding : Connectable.all(bindings)) {
      connections
          .inEnvironment(binding)
          .ifPresent(each -> shown.add(ShownConnection.fromEnvironment(binding, each)));
      stored.stream()
          .filter(each -> each.binding().equals(binding.name()))
          .forEach(each -> shown.add(show(each)));
    }
    stored.stream()
        .filter(each -> bindings.get(each.binding()) == null)
        .forEach(each -> shown.add(show(each))); // of a binding that is gone
    return shown;
  }

  /** One connection; {@code environment} is the name of the one that the environment spells out. */
  ShownConnection show(String binding, String name) {
    if (name.equals(Origin.ENVIRONMENT.label())) {
      var known = Connectable.named(binding, bindings);
      return ShownConnection.fromEnvironment(known, inEnvironment(known));
    }
    return show(stored(binding, name));
  }

  /** One that is stored; fails for a binding that nobody knows with what was meant. */
  StoredConnection stored(String binding, String name) {
    if (connections.list().stream().noneMatch(each -> each.binding().equals(binding))) {
      var _ = Connectable.named(binding, bindings);
    }
    return connections.show(binding, name);
  }

  private ShownConnection show(StoredConnection stored) {
    return ShownConnection.stored(
        stored,
        Optional.ofNullable(bindings.get(stored.binding()))
            .flatMap(connections::inEnvironment)
            .isPresent());
  }

  private Connection inEnvironment(Binding binding) {
    return connections
        .inEnvironment(binding)
        .orElseThrow(
            () ->
                new HearthException(
                    ConnectionError.NOT_IN_ENVIRONMENT,
                    binding.name(),
                    binding.connectionFields().getFirst().variable(binding.name())));
  }

  /** The connection itself, secrets and all; without a name the one that recipes get. */
  Connection open(Binding binding, @Nullable String name) {
    return Origin.ENVIRONMENT.label().equals(name)
        ? inEnvironment(binding)
        : ConnectionSource.forRecipes(surroundings, binding, Optional.ofNullable(name));
  }
}
