package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.gate.Audit;
import dev.hearth.runtime.effect.gate.Gate;
import dev.hearth.runtime.effect.gate.Principal;
import dev.hearth.runtime.effect.gate.World;
import dev.hearth.runtime.permission.Endpoint;
import dev.hearth.runtime.permission.Grants;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.settings.Settings;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Cache;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.ConnectionTest;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.ProgramFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A connection outside of any run: where it leads, whether it works, and what is there. Its binding
 * reaches what the connection names and nothing else, as in a run that was granted it.
 */
public final class ConnectionTrial {
  private final Surroundings surroundings;
  private final Binding binding;
  private final Connection connection;

  public ConnectionTrial(Surroundings surroundings, Binding binding, Connection connection) {
    this.surroundings = surroundings;
    this.binding = binding;
    this.connection =
        binding.completed(connection, UserConfiguration.unrecorded(surroundings, binding));
  }

  /**
   * The hosts that it names.
   *
   * @throws dev.hearth.runtime.HearthException when its configuration makes no sense
   */
  public List<NetAddress> addresses() {
    return addresses(binding, connection);
  }

  static List<NetAddress> addresses(Binding binding, Connection connection) {
    return binding.reach(connection).stream().flatMap(ConnectionTrial::address).toList();
  }

  private static Stream<NetAddress> address(Permission permission) {
    return permission instanceof Permission.Net(Endpoint.Tcp(var host, var port))
        ? Stream.of(new NetAddress(host.toString().replaceAll("[\\[\\]]", ""), port))
        : Stream.empty();
  }

  /**
   * Tries it with harmless reads; empty when its binding has no way to. Blocks.
   *
   * @param log is told what takes long
   * @throws dev.hearth.runtime.HearthException when the system cannot be reached or does not accept
   *     the credentials
   */
  public Optional<ConnectionTest> test(OpContext.Log log) {
    return binding.test(connection, context("hearth connect", log));
  }

  /**
   * The system as a world of the binding's simulator; empty when its binding has no way to. Blocks.
   *
   * @param log is told what takes long, and what was left out
   * @throws dev.hearth.runtime.HearthException when the system cannot be reached, does not accept
   *     the credentials, or is none
   */
  public Optional<JsonNode> copy(OpContext.Log log) {
    return binding.copy(connection, context("hearth sim", log));
  }

  private OpContext context(String who, OpContext.Log log) {
    connection.secrets().values().forEach(surroundings.log()::secretKnown);
    var limits =
        Settings.load(
                surroundings.settings(),
                surroundings.environment(),
                surroundings.places().config(),
                Path.of(""))
            .limits();
    var audit = new Audit(entry -> {}); // the user asked for this contact and sees how it went
    var programs = surroundings.programs(binding);
    var principal =
        new Principal(who, Grants.none())
            .through("hearth:" + binding.name(), binding.reach(connection))
            .owning(programs.path());
    var gate = Gate.of(limits, audit, surroundings.places().protectedPaths()).as(principal);
    var world =
        World.real(
            surroundings.net(), surroundings.environment(), surroundings.secrets()::get, limits);
    return new Context(
        world.through(gate), surroundings.cache(binding, log), Optional.of(programs), log);
  }

  private record Context(Effects effects, Cache cache, Optional<ProgramFolder> programs, Log log)
      implements OpContext {}
}
