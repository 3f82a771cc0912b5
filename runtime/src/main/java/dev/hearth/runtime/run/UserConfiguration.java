package dev.hearth.runtime.run;

import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.effect.gate.Audit;
import dev.hearth.runtime.effect.gate.Gate;
import dev.hearth.runtime.effect.gate.Principal;
import dev.hearth.runtime.effect.gate.World;
import dev.hearth.runtime.permission.Grant;
import dev.hearth.runtime.permission.Grants;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.settings.Settings;
import dev.hearth.runtime.spi.Binding;
import java.nio.file.Path;
import java.util.List;

/**
 * The world as a binding sees it to learn how the user configured its system: all files, since the
 * user's own may name any, and all variables, but no network and no programs. Nothing of it is
 * shown to a recipe.
 */
final class UserConfiguration {
  private static final Grants GRANTS =
      Grants.of(
          Grant.Origin.CONNECTION,
          List.of(new Permission.Read(Path.of("/")), new Permission.Env("*")));

  private UserConfiguration() {}

  /** Behind the gate of a run, which records what is read. */
  static Effects of(Surroundings surroundings, Binding binding, World world, Gate gate) {
    var own =
        new World(
            world.net(),
            world.processes(),
            surroundings.environment(),
            world.secrets(),
            world.clock());
    return own.through(gate.as(new Principal("hearth:" + binding.name(), GRANTS)));
  }

  /** Before or without a run. */
  static Effects unrecorded(Surroundings surroundings, Binding binding) {
    var limits = limits(surroundings);
    var audit = new Audit(entry -> {}); // there is no run yet that could keep it
    var gate = Gate.of(limits, audit, surroundings.places().protectedPaths());
    return of(
        surroundings,
        binding,
        World.real(
            surroundings.net(), surroundings.environment(), surroundings.secrets()::get, limits),
        gate);
  }

  private static Limits limits(Surroundings surroundings) {
    return Settings.load(
            surroundings.settings(),
            surroundings.environment(),
            surroundings.places().config(),
            Path.of(""))
        .limits();
  }
}
