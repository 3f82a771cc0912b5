package dev.hearth.runtime.run;

import dev.hearth.runtime.Diagnostics;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunRequest.OnError;
import dev.hearth.runtime.SessionRequest;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.gate.Audit;
import dev.hearth.runtime.effect.gate.Crossings;
import dev.hearth.runtime.effect.gate.Gate;
import dev.hearth.runtime.effect.gate.Principal;
import dev.hearth.runtime.effect.gate.World;
import dev.hearth.runtime.engine.Inspector;
import dev.hearth.runtime.engine.ModuleSource;
import dev.hearth.runtime.engine.OpLimits;
import dev.hearth.runtime.engine.Principals;
import dev.hearth.runtime.engine.RealmSetup;
import dev.hearth.runtime.module.BrokenImports;
import dev.hearth.runtime.module.ImportBounds;
import dev.hearth.runtime.module.ImportRoot;
import dev.hearth.runtime.module.Imprint;
import dev.hearth.runtime.module.LibraryFolders;
import dev.hearth.runtime.module.ModuleError;
import dev.hearth.runtime.module.RecipeError;
import dev.hearth.runtime.module.RecipeFile;
import dev.hearth.runtime.param.ParameterInput;
import dev.hearth.runtime.param.ParameterValues;
import dev.hearth.runtime.permission.Access;
import dev.hearth.runtime.permission.Grant;
import dev.hearth.runtime.permission.Grants;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.permission.PermissionError;
import dev.hearth.runtime.permission.PermissionParser;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.secret.Redaction;
import dev.hearth.runtime.settings.Places;
import dev.hearth.runtime.settings.Setting;
import dev.hearth.runtime.settings.Settings;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.storage.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Everything that is settled before a line of a recipe runs: what it is, what it declares, its
 * parameters, its grants. Fails with a {@link HearthException} and leaves nothing behind.
 */
public final class RunPreparation {
  private final Surroundings surroundings;

  public RunPreparation(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Prepares a run; nothing of the recipe has run when this returns.
   *
   * @param input the values of its parameters, wherever they are from
   * @param simulation the simulators, when the request asks for them
   */
  public RecipeRun prepare(
      RunRequest request,
      ParameterInput input,
      Optional<Simulation> simulation,
      Consumer<RunEvent> listener)
      throws InterruptedException {
    return prepare(request, new Beginning(input), simulation, listener);
  }

  /**
   * Prepares to go on with a run, or to take it back.
   *
   * @param simulation the simulators, when the run began with them
   */
  public RecipeRun prepare(
      RunTakeUp takeUp, Optional<Simulation> simulation, Consumer<RunEvent> listener)
      throws InterruptedException {
    return prepare(takeUp.request(), new GoingOn(takeUp), simulation, listener);
  }

  /** What differs between a run that begins and one that another process began. */
  private sealed interface Origin permits Beginning, GoingOn {}

  private record Beginning(ParameterInput input) implements Origin {}

  private record GoingOn(RunTakeUp takeUp) implements Origin {}

  private RecipeRun prepare(
      RunRequest request,
      Origin origin,
      Optional<Simulation> simulation,
      Consumer<RunEvent> listener)
      throws InterruptedException {
    var diagnosis = Diagnosis.of(request.diagnostics(), surroundings.net());
    var complete = false;
    try {
      var run = prepare(request, origin, simulation, listener, diagnosis);
      complete = true;
      return run;
    } finally {
      if (!complete) {
        diagnosis.inspector().ifPresent(Inspector::close);
      }
    }
  }

  private RecipeRun prepare(
      RunRequest request,
      Origin origin,
      Optional<Simulation> simulation,
      Consumer<RunEvent> listener,
      Diagnosis diagnosis)
      throws InterruptedException {
    var connections = connections(request.connections(), simulation);
    var file = RecipeFile.read(request.recipe(), surroundings.sources(), surroundings.parser());
    if (origin instanceof GoingOn(var takeUp)) {
      takeUp.requireSame(file);
    }
    var declaration = file.declaration();
    var settings = settings(folder(request.recipe()));
    var parameters = settle(file, origin);
    var recipe = request.recipe().toAbsolutePath().normalize();
    var root = ImportRoot.of(recipe, surroundings.sources(), home());
    var settlement = new GrantSettlement(surroundings, connections).settle(request, file, root);
    var settled = settlement.grants();
    var grants = settled.union(simulated(simulation));
    var redaction = new Redaction();
    parameters.secrets().values().forEach(redaction::add);
    if (origin instanceof GoingOn(var takeUp)) {
      takeUp.secretsInResults().forEach(redaction::add);
    }
    var lock =
        declaration
            .lock()
            .flatMap(
                name ->
                    LockName.of(
                        name,
                        parameters.shown(),
                        request.simulate(),
                        request.simulatedWorld().map(it -> it.toAbsolutePath().toString())))
            .map(surroundings.locks()::take);
    var limits = RunLimits.of(settings);
    var journal =
        switch (origin) {
          case Beginning _ -> {
            var start = start(request, file, parameters);
            yield surroundings.runs().create(start, redaction, limits);
          }
          case GoingOn(var takeUp) ->
              surroundings
                  .runs()
                  .takeUp(
                      takeUp.record(), takeUp.what(), surroundings.version(), redaction, limits);
        };
    var voice =
        new RunVoice(
            diagnosis.heard(listener), redaction, surroundings.clock(), Optional.of(journal));
    var permissions = new PermissionLog(journal, redaction, surroundings.clock());
    var crossings = diagnosis.crossings(voice, surroundings.clock());
    var gate = gate(recipe, grants, settings, crossings, voice, permissions::add);
    var libraries = new LibraryFolders(root, surroundings.sources());
    var principals = principals(file, root, libraries, gate);
    var source = source(settlement.held(), recipe);
    var world = world(simulation, settings);
    var plan =
        new RecipeRun.Plan(
            file,
            recipe,
            surroundings.version(),
            JsonText.of(parameters.revealed()),
            request.simulate(),
            settings.get(Setting.GRACE),
            request.timeout().orElse(null),
            realm(
                root,
                principals.isPresent() ? source : withoutLibraries(source, libraries),
                recipe,
                request.recipe(),
                gate,
                settings,
                principals.map(it -> it),
                diagnosis),
            new BrokenImports(
                surroundings.sources(), surroundings.parser(), surroundings.bindings()),
            surroundings.clock());
    var log = voice.log();
    var undeclared = Undeclared.in(settled, log);
    var gates = principals.<IntFunction<Gate>>map(it -> it::gate).orElse(_ -> gate);
    Supplier<OpenBindings> bindings =
        () ->
            new OpenBindings(
                surroundings,
                connections,
                world,
                gates,
                log,
                connection -> {
                  connection.secrets().values().forEach(redaction::add);
                  journal.connectionOpened(
                      connection.binding(), connection.name(), connection.origin().label());
                },
                undeclared);
    var afterFailure =
        new AfterFailure(
            request.onError().or(declaration::onError).orElse(OnError.STOP),
            surroundings.failurePrompt(),
            journal.run(),
            () -> RunTakeUp.again(journal.run(), surroundings.runs()),
            voice,
            surroundings.clock());
    var replay =
        switch (origin) {
          case Beginning _ -> Replay.none();
          case GoingOn(var takeUp) -> takeUp.replay();
        };
    lock.ifPresent(held -> tell(held, journal, log));
    return new RecipeRun(
        plan,
        journal,
        permissions,
        voice,
        diagnosis.end(gate, crossings),
        bindings,
        replay,
        afterFailure,
        lock);
  }

  private static void tell(RunLocks.Held lock, Journal journal, OpContext.Log log) {
    lock.by(journal.run());
    lock.left()
        .ifPresent(
            run ->
                log.write(
                    OpContext.Log.Level.WARN,
                    ("`%s` was held by run %s, whose process is gone: see what it left with `hearth"
                            + " runs show %2$s`.")
                        .formatted(lock.name(), run),
                    Map.of()));
  }

  private RunStart start(RunRequest request, RecipeFile file, ParameterValues parameters) {
    var secrets = parameters.secrets();
    return RunStart.of(
            request, file.sha256(), surroundings.version(), parameters.shown(), secrets.keySet())
        .sealed(secrets, surroundings.runs().seal());
  }

  private ConnectionSource connections(
      Map<String, String> chosen, Optional<Simulation> simulation) {
    var connections = new ConnectionSource(surroundings.connections(), chosen, simulation);
    connections.requireChosen(surroundings.bindings());
    return connections;
  }

  /** Nothing that is simulated can be harmed, so that it needs no grant, declared or not. */
  private static Grants simulated(Optional<Simulation> simulation) {
    var names = simulation.map(Simulation::bindings).orElse(Set.of());
    return Grants.of(
        Grant.Origin.SIMULATION,
        names.stream()
            .map(name -> new Permission.Intent(name, Optional.empty(), Access.WRITE))
            .toList());
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
        permissionsRelativeTo(Path.of(""))
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
    var grants = permissionsRelativeTo(Path.of("")).grants(granted).union(simulated(world));
    var root = ImportRoot.of(entry, surroundings.sources(), home());
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
    var connections = connections(chosen, simulation);
    var diagnosis = Diagnosis.ofSession(scope.diagnostics());
    var redaction = new Redaction();
    var voice =
        new RunVoice(diagnosis.heard(listener), redaction, surroundings.clock(), Optional.empty());
    var settings = settings(scope.root().folder());
    var crossings = diagnosis.crossings(voice, surroundings.clock());
    var gate = gate(scope.entry(), scope.grants(), settings, crossings, voice, _ -> {});
    var libraries = new LibraryFolders(scope.root(), surroundings.sources());
    var files = withoutLibraries(this::read, libraries);
    return new LiveSession(
        realm(
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
            world(simulation, settings),
            _ -> gate,
            voice.log(),
            connection -> connection.secrets().values().forEach(redaction::add),
            Undeclared.untold(voice.log())));
  }

  private World world(Optional<Simulation> simulation, Settings settings) {
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
  private Settings settings(Path folder) {
    return Settings.load(
        surroundings.settings(),
        surroundings.environment(),
        surroundings.places().config(),
        folder);
  }

  private ParameterValues settle(RecipeFile file, Origin origin) {
    var schema = file.parameters();
    var input =
        switch (origin) {
          case Beginning(var given) -> given;
          case GoingOn(var takeUp) -> takeUp.input(schema, surroundings);
        };
    var prompt = surroundings.parameterPrompt();
    return prompt.isPresent() ? schema.settle(input, prompt.get()) : schema.settle(input);
  }

  private PermissionParser permissionsRelativeTo(Path folder) {
    return PermissionParser.relativeTo(folder)
        .home(home())
        .bindings(surroundings.bindings().names());
  }

  private Optional<Path> home() {
    return Places.home(surroundings.environment());
  }

  private Gate gate(
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

  private byte[] read(Path real) throws IOException {
    return surroundings.sources().read(real, LARGEST_MODULE);
  }

  /**
   * Reads what the recipe imports. What runs on grants that were given to files as they were reads
   * no others: also none that is found by a computed path, or that was changed a moment ago.
   */
  private ModuleSource source(Optional<Imprint> held, Path recipe) {
    if (held.isEmpty()) {
      return this::read;
    }
    return real -> {
      var content = read(real);
      if (!held.get().holds(real, content)) {
        var from = folder(recipe);
        throw new HearthException(
            PermissionError.FILE_CHANGED,
            VisibleText.of(real.startsWith(from) ? from.relativize(real) : real));
      }
      return content;
    };
  }

  /** Where everything acts as the recipe, a library with grants of its own cannot be let in. */
  private static ModuleSource withoutLibraries(ModuleSource files, LibraryFolders libraries) {
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

  /** Who modules act as; empty, at no cost, for a recipe that imports no library. */
  private Optional<LibraryPrincipals> principals(
      RecipeFile file, ImportRoot root, LibraryFolders libraries, Gate gate) {
    var importsFiles =
        file.syntax().imports().stream().anyMatch(each -> !each.specifier().startsWith("hearth:"));
    if (!importsFiles) {
      return Optional.empty();
    }
    var bounds =
        new ImportBounds(
            root,
            path -> gate.principal().grants().allows(new Permission.Read(path)),
            path -> gate.closes(new Permission.Read(path)));
    try {
      var imprint =
          Imprint.of(
              file, bounds, surroundings.sources(), surroundings.parser(), surroundings.bindings());
      var has = imprint.files().keySet().stream().anyMatch(each -> libraries.of(each).isPresent());
      return has
          ? Optional.of(
              new LibraryPrincipals(libraries, gate, permissionsRelativeTo(root.folder())))
          : Optional.empty();
    } catch (IOException e) {
      throw new HearthException(
              RecipeError.UNREADABLE, VisibleText.of(file.path()), String.valueOf(e.getMessage()))
          .causedBy(e);
    }
  }

  private RealmSetup realm(
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

  private static Path folder(Path recipe) {
    var parent = recipe.toAbsolutePath().normalize().getParent();
    return parent == null ? Path.of("/") : parent;
  }

  private static final int LARGEST_MODULE = 16 << 20;
}
