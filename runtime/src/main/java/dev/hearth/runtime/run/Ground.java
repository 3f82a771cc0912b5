package dev.hearth.runtime.run;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.gate.Audit;
import dev.hearth.runtime.effect.gate.Crossings;
import dev.hearth.runtime.effect.gate.Gate;
import dev.hearth.runtime.effect.gate.Principal;
import dev.hearth.runtime.effect.gate.World;
import dev.hearth.runtime.engine.ModuleSource;
import dev.hearth.runtime.engine.OpLimits;
import dev.hearth.runtime.engine.Principals;
import dev.hearth.runtime.engine.RealmSetup;
import dev.hearth.runtime.module.ImportBounds;
import dev.hearth.runtime.module.ImportRoot;
import dev.hearth.runtime.module.LibraryFolders;
import dev.hearth.runtime.module.ModuleError;
import dev.hearth.runtime.permission.Access;
import dev.hearth.runtime.permission.Grant;
import dev.hearth.runtime.permission.Grants;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.permission.PermissionParser;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.settings.Places;
import dev.hearth.runtime.settings.Setting;
import dev.hearth.runtime.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What recipes and sessions get to stand on: where they may import from, what they may reach, and
 * the JavaScript world that is made of it.
 */
final class Ground {
  private static final int LARGEST_MODULE = 16 << 20;

  private final Surroundings surroundings;

  Ground(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  ConnectionSource connections(Map<String, String> chosen, Optional<Simulation> simulation) {
    var connections = new ConnectionSource(surroundings.connections(), chosen, simulation);
    connections.requireChosen(surroundings.bindings());
    return connections;
  }

  /** Nothing that is simulated can be harmed, so that it needs no grant, declared or not. */
  static Grants simulated(Optional<Simulation> simulation) {
    var names = simulation.map(Simulation::bindings).orElse(Set.of());
    return Grants.of(
        Grant.Origin.SIMULATION,
        names.stream()
            .map(name -> new Permission.Intent(name, Optional.empty(), Access.WRITE))
            .toList());
  }

  World world(Optional<Simulation> simulation, Settings settings) {
    return simulation
        .map(s -> World.simulated(s.net(), surroundings.environment(), surroundings.clock()))
        .orElseGet(
            () ->
                World.real(
                        surroundings.net(),
                        surroundings.environment(),
                        surroundings.secrets()::get,
                        settings.limits())
                    .at(surroundings.clock()));
  }

  /** What is set for recipes of a folder. */
  Settings settings(Path folder) {
    return Settings.load(
        surroundings.settings(),
        surroundings.environment(),
        surroundings.places().config(),
        folder);
  }

  PermissionParser permissionsRelativeTo(Path folder) {
    return PermissionParser.relativeTo(folder)
        .home(home())
        .bindings(surroundings.bindings().names());
  }

  Optional<Path> home() {
    return Places.home(surroundings.environment());
  }

  Gate gate(
      Path recipe,
      Grants grants,
      Settings settings,
      Optional<Crossings> crossings,
      RunVoice voice,
      Consumer<Audit.Use> permissions) {
    Consumer<Audit.Use> told =
        crossings
            .<Consumer<Audit.Use>>map(all -> permissions.andThen(all::checked))
            .orElse(permissions);
    var audit = new Audit(new Told(voice, surroundings.clock(), told));
    var name = String.valueOf(recipe.getFileName());
    return Gate.of(settings.limits(), audit, surroundings.places().protectedPaths(), crossings)
        .as(new Principal(name, grants));
  }

  byte[] read(Path real) throws IOException {
    return surroundings.sources().read(real, LARGEST_MODULE);
  }

  /** Where everything acts as the recipe, a library with grants of its own cannot be let in. */
  static ModuleSource withoutLibraries(ModuleSource files, LibraryFolders libraries) {
    return real -> {
      var library = libraries.of(real);
      if (library.isPresent()) {
        throw new HearthException(
            ModuleError.LIBRARY_UNSEEN,
            VisibleText.of(library.get().folder().relativize(real)),
            VisibleText.of(library.get().name()));
      }
      return files.read(real);
    };
  }

  RealmSetup realm(
      ImportRoot root,
      ModuleSource files,
      Path recipe,
      Path named,
      Gate gate,
      Settings settings,
      Optional<Principals> principals,
      Diagnosis diagnosis) {
    var working = Path.of("").toAbsolutePath();
    return new RealmSetup(
        new ImportBounds(
            root, path -> mayRead(gate, path), path -> gate.closes(new Permission.Read(path))),
        files,
        path -> display(path, recipe, named, working),
        surroundings.bindings(),
        new OpLimits(
            Math.toIntExact(settings.get(Setting.OPERATIONS)),
            Math.toIntExact(settings.get(Setting.WAITING_OPERATIONS)),
            Math.toIntExact(settings.get(Setting.RESULT_BYTES))),
        surroundings.clock(),
        principals,
        diagnosis.timekeeper(),
        diagnosis.inspector());
  }

  /** What passes the gate is told once, and written down each time. */
  private record Told(RunVoice voice, Clock clock, Consumer<Audit.Use> permissions)
      implements Audit.Sink {
    @Override
    public void first(Audit.Entry entry) {
      voice.accept(
          new RunEvent.Audited(clock.now(), entry.permission().toString(), entry.granted()));
    }

    @Override
    public void each(Audit.Use use) {
      permissions.accept(use);
    }
  }

  private static boolean mayRead(Gate gate, Path path) {
    try {
      gate.check(new Permission.Read(path));
      return true;
    } catch (HearthException refused) {
      return false; // the importing line then fails with its own sentence
    }
  }

  /** As the user named it: the recipe itself as typed, other files from the working folder. */
  private static String display(Path path, Path recipe, Path named, Path working) {
    if (path.equals(recipe)) {
      return named.toString();
    }
    return path.startsWith(working) ? working.relativize(path).toString() : path.toString();
  }

  static Path folder(Path recipe) {
    var parent = recipe.toAbsolutePath().normalize().getParent();
    return parent == null ? Path.of("/") : parent;
  }
}
