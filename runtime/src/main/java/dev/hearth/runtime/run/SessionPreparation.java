package dev.hearth.runtime.run;

import dev.hearth.runtime.Diagnostics;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.SessionRequest;
import dev.hearth.runtime.module.ImportRoot;
import dev.hearth.runtime.module.LibraryFolders;
import dev.hearth.runtime.permission.Grants;
import dev.hearth.runtime.secret.Redaction;
import dev.hearth.runtime.spi.Binding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Everything that is settled before the first line of a session is evaluated. */
public final class SessionPreparation {
  private final Surroundings surroundings;
  private final Ground ground;

  public SessionPreparation(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.ground = new Ground(surroundings);
  }

  /** Opens a session: the user writes the code, so what the user configured is open to it. */
  public LiveSession session(
      SessionRequest request, Optional<Simulation> simulation, Consumer<RunEvent> listener) {
    var systems =
        surroundings.bindings().all().stream()
            .filter(Binding::needsIntent)
            .map(binding -> binding.name() + ":write")
            .toList();
    var grants =
        ground
            .permissionsRelativeTo(Path.of(""))
            .grants(Stream.concat(systems.stream(), request.grants().stream()).toList());
    var folder = request.folder().toAbsolutePath().normalize();
    var entry = folder.resolve("session");
    var scope =
        new Scope(ImportRoot.ofSession(folder), entry, entry, grants, request.diagnostics());
    return session(scope, request.connections(), simulation, listener);
  }

  /**
   * Opens a session for a file of tests. Others may have written it, so that it gets what it was
   * granted and the simulators, and no more.
   */
  public LiveSession tests(
      Path file,
      List<String> granted,
      Diagnostics diagnostics,
      Simulation simulation,
      Consumer<RunEvent> listener) {
    var world = Optional.of(simulation);
    var entry = file.toAbsolutePath().normalize();
    var grants =
        ground.permissionsRelativeTo(Path.of("")).grants(granted).union(Ground.simulated(world));
    var root = ImportRoot.of(entry, surroundings.sources(), ground.home());
    var scope = new Scope(root, entry, file, grants, diagnostics);
    return session(scope, Map.of(), world, listener);
  }

  /**
   * What the code of a session may import and do.
   *
   * @param entry the file that it is taken for
   * @param named that file as the user named it
   */
  private record Scope(
      ImportRoot root, Path entry, Path named, Grants grants, Diagnostics diagnostics) {}

  private LiveSession session(
      Scope scope,
      Map<String, String> chosen,
      Optional<Simulation> simulation,
      Consumer<RunEvent> listener) {
    var connections = ground.connections(chosen, simulation);
    var diagnosis = Diagnosis.ofSession(scope.diagnostics());
    var redaction = new Redaction(surroundings.log()::secretKnown);
    var voice =
        new RunVoice(
            diagnosis.heard(listener),
            redaction,
            surroundings.clock(),
            Optional.empty(),
            surroundings.log());
    var settings = ground.settings(scope.root().folder());
    var crossings = diagnosis.crossings(voice, surroundings.clock());
    var gate = ground.gate(scope.entry(), scope.grants(), settings, crossings, voice, _ -> {});
    var libraries = new LibraryFolders(scope.root(), surroundings.sources());
    var files = Ground.withoutLibraries(ground::read, libraries);
    return new LiveSession(
        ground.realm(
            scope.root(),
            files,
            scope.entry(),
            scope.named(),
            gate,
            settings,
            Optional.empty(),
            diagnosis),
        voice,
        diagnosis.end(gate, crossings),
        new OpenBindings(
            surroundings,
            connections,
            ground.world(simulation, settings),
            _ -> gate,
            voice.log(),
            new RunPerson(surroundings.recipePrompt(), voice, surroundings.clock()),
            Optional.empty(),
            diagnosis.timekeeper()::queued,
            connection -> connection.secrets().values().forEach(redaction::add),
            Undeclared.untold(voice.log())));
  }
}
