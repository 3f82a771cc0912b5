package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.module.Bindings;
import dev.hearth.runtime.permission.Need;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.settings.ConnectionError;
import dev.hearth.runtime.settings.Connections;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which connection a recipe means. */
public final class ConnectionSource {
  private final Connections connections;
  private final Map<String, String> chosen;
  private final Optional<Simulation> simulation;

  /**
   * The connections of one run.
   *
   * @param chosen which connection is a binding's default in this run, by binding
   */
  public ConnectionSource(
      Connections connections, Map<String, String> chosen, Optional<Simulation> simulation) {
    this.connections = connections;
    this.chosen = Map.copyOf(chosen);
    this.simulation = simulation;
  }

  /**
   * The connection that a recipe gets who names this one, or none; for who is not in a run.
   *
   * @param name empty for the default
   * @throws HearthException {@code connection.…}
   */
  public static Connection forRecipes(
      Surroundings surroundings, Binding binding, Optional<String> name) {
    var source = new ConnectionSource(surroundings.connections(), Map.of(), Optional.empty());
    var given = name.<JsonNode>map(JsonNodeFactory.instance::textNode).orElse(null);
    return source.plain(binding, given, UserConfiguration.unrecorded(surroundings, binding));
  }

  /**
   * Fails for a chosen connection that does not exist: a typing error must not go unseen because
   * the recipe never comes to use it.
   *
   * @throws HearthException {@code connection.binding-unknown}, {@code connection.unknown}
   */
  void requireChosen(Bindings bindings) {
    chosen.forEach(
        (binding, name) -> {
          var known =
              bindings.all().stream()
                  .filter(each -> !each.connectionFields().isEmpty())
                  .map(Binding::name)
                  .toList();
          if (!known.contains(binding)) {
            throw ConnectionError.bindingUnknown(binding, known);
          }
          if (simulation.isEmpty()) {
            var _ = connections.show(binding, name);
          }
        });
  }

  /**
   * The connection that {@code given} names, with what the user's own configuration adds to it.
   *
   * @param given what the recipe wrote: nothing, a name, or the connection itself
   * @param user sees the user's own configuration
   */
  Connection resolve(Binding binding, @Nullable JsonNode given, Effects user) {
    return binding.completed(plain(binding, given, user), user);
  }

  private Connection plain(Binding binding, @Nullable JsonNode given, Effects user) {
    if (simulation.isPresent()) {
      var simulated = simulation.get().connection(binding.name());
      if (simulated.isPresent()) {
        return simulated.get();
      }
    }
    if (given instanceof ObjectNode spelledOut) {
      return connections.spelledOut(binding, spelledOut);
    }
    if (given != null && !given.isNull() && !given.isTextual()) {
      throw new HearthException(RunError.CONNECTION_ARGUMENT, binding.name(), given);
    }
    if (given != null && given.isTextual()) {
      return named(binding, given.textValue(), user);
    }
    if (binding.connectionFields().isEmpty()) {
      return unconfigured(binding);
    }
    var name = chosen.get(binding.name());
    return name == null
        ? connections.byDefault(binding, () -> binding.configured(user))
        : connections.named(binding, name);
  }

  private Connection named(Binding binding, String name, Effects user) {
    return connections.has(binding.name(), name)
        ? connections.named(binding, name)
        : binding
            .configured(name, user)
            .orElseGet(() -> connections.named(binding, name)); // which says what there is
  }

  /**
   * An intent with the connection that it opens and where that leads; empty for what is simulated,
   * has nothing to configure, or is not configured: then the run fails where it is first used.
   */
  Optional<Need> need(Binding binding, Permission.Intent intent, Effects user) {
    if (simulation.isPresent() || binding.connectionFields().isEmpty()) {
      return Optional.empty();
    }
    try {
      var given = intent.connection().map(JsonNodeFactory.instance::textNode).orElse(null);
      var connection = resolve(binding, given, user);
      var address =
          binding.reach(connection).stream()
              .flatMap(each -> each instanceof Permission.Net(var end) ? Stream.of(end) : null)
              .map(Object::toString)
              .collect(Collectors.joining(", "));
      if (intent.connection().isPresent()) {
        return Optional.of(Need.through(intent, address));
      }
      // A program of PATH that nobody gave a name.
      var found = address.isEmpty() && connection.origin() == Connection.Origin.CONFIGURED;
      return Optional.of(
          found ? Need.unconnected(intent) : Need.byDefault(intent, connection.name(), address));
    } catch (HearthException e) { // told where the recipe first uses it, if it does
      return Optional.empty();
    }
  }

  /** The connection of a binding that has nothing to configure. */
  private static Connection unconfigured(Binding binding) {
    return new Connection(
        binding.name(),
        "default",
        Connection.Origin.STORED,
        JsonNodeFactory.instance.objectNode(),
        Map.of());
  }
}
