package dev.hearth.runtime.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.gate.Gate;
import dev.hearth.runtime.effect.gate.Principal;
import dev.hearth.runtime.effect.gate.World;
import dev.hearth.runtime.effect.http.Fetch;
import dev.hearth.runtime.engine.BindingTarget;
import dev.hearth.runtime.engine.OpTarget;
import dev.hearth.runtime.engine.Principals;
import dev.hearth.runtime.module.Bindings;
import dev.hearth.runtime.permission.Access;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Cache;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.Person;
import dev.hearth.runtime.spi.ProgramFolder;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The bindings that one recipe uses: each with its connection, its effects and its intent. */
final class OpenBindings implements AutoCloseable {
  // One for each gate: what is kept open for one principal is not another's to use.
  private final Map<Gate, Lasting> lasting = new ConcurrentHashMap<>();
  private final Ears ears = new Ears();
  private final Surroundings surroundings;
  private final Bindings bindings;
  private final ConnectionSource connections;
  private final World world;
  private final IntFunction<Gate> gates;
  private final OpContext.Log log;
  private final RunPerson person;
  private final Optional<OpContext.Run> run;
  private final OpContext.Waits waits;
  private final Consumer<Connection> used;
  private final Undeclared undeclared;

  /**
   * The bindings of one recipe.
   *
   * @param gates that of each principal; the recipe's own is that of 0
   * @param run what is told of the run; empty for a session
   * @param used is told each connection when it is opened
   * @param undeclared is told each use of a simulated system
   */
  OpenBindings(
      Surroundings surroundings,
      ConnectionSource connections,
      World world,
      IntFunction<Gate> gates,
      OpContext.Log log,
      RunPerson person,
      Optional<OpContext.Run> run,
      OpContext.Waits waits,
      Consumer<Connection> used,
      Undeclared undeclared) {
    this.surroundings = surroundings;
    this.bindings = surroundings.bindings();
    this.connections = connections;
    this.world = world;
    this.gates = gates;
    this.log = log;
    this.person = person;
    this.run = run;
    this.waits = waits;
    this.used = used;
    this.undeclared = undeclared;
  }

  /** Who listens to what happens. */
  Ears ears() {
    return ears;
  }

  Object pure(String name) {
    return binding(name).pure();
  }

  /**
   * What a facade gets.
   *
   * @param principal who asks
   * @param change is told each operation that changes something, before it begins; may refuse it
   */
  OpTarget open(
      int principal, String name, @Nullable String connectionJson, Consumer<String> change) {
    var gate = gates.apply(principal);
    if (name.equals("fetch")) { // the web's, which needs no import
      return new BindingTarget(name, () -> telling(change, fetching(gate)));
    }
    var binding = binding(name);
    var asker = principal == Principals.RECIPE ? "" : " for " + gate.principal().name();
    return new BindingTarget(
        name,
        () ->
            telling(
                change,
                opened(binding, connectionJson, gate, asker, ears.of(principal, binding.name()))));
  }

  private static BindingTarget.Opened telling(
      Consumer<String> change, BindingTarget.Opened opened) {
    return new BindingTarget.Opened(
        opened.ops(),
        (writes, op) -> {
          if (writes) {
            change.accept(op);
          }
          opened.intent().check(writes, op);
        });
  }

  private Binding binding(String name) {
    var binding = bindings.get(name);
    if (binding == null) {
      throw new IllegalArgumentException("No binding is named `" + name + "`.");
    }
    return binding;
  }

  private BindingTarget.Opened fetching(Gate gate) {
    var effects = world.through(gate);
    return new BindingTarget.Opened(new Fetch(effects.net()), (writes, op) -> {});
  }

  private BindingTarget.Opened opened(
      Binding binding,
      @Nullable String connectionJson,
      Gate gate,
      String asker,
      OpContext.Events events) {
    var given = parse(connectionJson);
    var user = UserConfiguration.of(surroundings, binding, world, gate);
    var connection = surroundings.completed(binding, connections.resolve(binding, given, user));
    var named = Optional.ofNullable(given).map(JsonNode::textValue);
    var module = "hearth:" + binding.name() + asker;
    var recipe = gate.principal();
    var met = person.askedBy(asker.isEmpty() ? "" : recipe.name());
    var own = world.through(gate.as(recipe.named(module)));
    var cache = surroundings.cache(binding, log);
    var programs = surroundings.programs(binding);
    Function<Effects, OpContext> context =
        effects ->
            new Context(
                effects,
                own,
                run,
                cache,
                Optional.of(programs),
                log,
                events,
                waits,
                met,
                lasting(gate));
    if (!binding.needsIntent()) {
      return new BindingTarget.Opened(
          binding.open(connection, context.apply(own)), (writes, op) -> {});
    }
    if (!binding.connectionFields().isEmpty()) { // else there is no connection to tell of
      used.accept(connection);
    }
    var reach = binding.reach(connection);
    var open = connection.explicit() ? binding.reachOfUser(connection) : reach;
    Principal principal = recipe.through(module, open).owning(programs.path());
    return new BindingTarget.Opened(
        binding.open(connection, context.apply(world.through(gate.as(principal)))),
        (writes, op) -> check(gate, connection, named, writes ? Access.WRITE : Access.READ));
  }

  /**
   * Advises what a recipe's author would write: a connection's name only where the recipe has it.
   */
  private void check(Gate gate, Connection connection, Optional<String> named, Access access) {
    var advised = new Permission.Intent(connection.binding(), named, access);
    gate.check(
        new Permission.Intent(connection.binding(), Optional.of(connection.name()), access),
        advised);
    if (connection.origin() == Connection.Origin.SIMULATOR) {
      undeclared.used(advised);
    }
  }

  private static @Nullable JsonNode parse(@Nullable String json) {
    try {
      return json == null ? null : Json.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The bridge wrote JSON that does not parse.", e);
    }
  }

  private Lasting lasting(Gate gate) {
    return lasting.computeIfAbsent(gate, _ -> new Lasting());
  }

  /** Closes what bindings keep open for the run. */
  @Override
  public void close() {
    Lasting.closeAll(lasting.values());
  }

  private record Context(
      Effects effects,
      Effects recipe,
      Optional<Run> run,
      Cache cache,
      Optional<ProgramFolder> programs,
      Log log,
      Events events,
      Waits waits,
      Person person,
      Lasting lasting)
      implements OpContext {
    @Override
    public <T extends AutoCloseable> T forRun(Class<T> type, Supplier<T> maker) {
      return lasting.get(type, maker);
    }
  }

  /** Loaded with the first connection that a recipe names. */
  private static final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();
  }
}
