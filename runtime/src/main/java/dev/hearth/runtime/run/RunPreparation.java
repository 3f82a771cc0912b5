package dev.hearth.runtime.run;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunRequest.OnError;
import dev.hearth.runtime.effect.gate.Gate;
import dev.hearth.runtime.engine.Inspector;
import dev.hearth.runtime.engine.ModuleSource;
import dev.hearth.runtime.module.BrokenImports;
import dev.hearth.runtime.module.ImportBounds;
import dev.hearth.runtime.module.ImportRoot;
import dev.hearth.runtime.module.Imprint;
import dev.hearth.runtime.module.LibraryFolders;
import dev.hearth.runtime.module.RecipeError;
import dev.hearth.runtime.module.RecipeFile;
import dev.hearth.runtime.param.ParameterInput;
import dev.hearth.runtime.param.ParameterValues;
import dev.hearth.runtime.permission.Grants;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.permission.PermissionError;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.secret.Redaction;
import dev.hearth.runtime.settings.Setting;
import dev.hearth.runtime.settings.Settings;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.storage.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Everything that is settled before a line of a recipe runs: what it is, what it declares, its
 * parameters, its grants. Fails with a {@link HearthException} and leaves nothing behind.
 */
public final class RunPreparation {
  private final Surroundings surroundings;
  private final Ground ground;

  public RunPreparation(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.ground = new Ground(surroundings);
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
    try {
      return prepare(settle(request, origin, simulation, diagnosis), listener);
    } catch (Throwable e) { // nobody is to find a door to what never ran
      diagnosis.inspector().ifPresent(Inspector::close);
      throw e;
    }
  }

  private RecipeRun prepare(Settled settled, Consumer<RunEvent> listener) {
    var claim = new Claim(lock(settled));
    try {
      claim.take(
          journal(settled),
          settled.origin() instanceof Beginning ? surroundings.runs()::discard : Journal::close);
      return assemble(settled, claim, listener);
    } catch (Throwable e) {
      claim.letGo(e);
      throw e;
    }
  }

  /**
   * What is known before anything is written down.
   *
   * @param recipe the file, absolute
   * @param held the files that the recipe may consist of; empty for any
   * @param declared what the recipe declares and was granted
   * @param redaction masks the secrets that are known already
   */
  private record Settled(
      RunRequest request,
      Origin origin,
      Optional<Simulation> simulation,
      ConnectionSource connections,
      RecipeFile file,
      Path recipe,
      ImportRoot root,
      Settings settings,
      ParameterValues parameters,
      Optional<Imprint> held,
      Grants declared,
      Redaction redaction,
      Diagnosis diagnosis) {}

  /** Reads and asks, and changes nothing. */
  private Settled settle(
      RunRequest request, Origin origin, Optional<Simulation> simulation, Diagnosis diagnosis)
      throws InterruptedException {
    var connections = ground.connections(request.connections(), simulation);
    var file = RecipeFile.read(request.recipe(), surroundings.sources(), surroundings.parser());
    if (origin instanceof GoingOn(var takeUp)) {
      takeUp.requireSame(file);
      takeUp.requireSameImports(surroundings.sources(), Ground.folder(request.recipe()));
    }
    var settings = ground.settings(Ground.folder(request.recipe()));
    var parameters = parameters(file, origin);
    var recipe = request.recipe().toAbsolutePath().normalize();
    var root = ImportRoot.of(recipe, surroundings.sources(), ground.home());
    var grants = new GrantSettlement(surroundings, connections).settle(request, file, root);
    var redaction = new Redaction(surroundings.log()::secretKnown);
    parameters.secrets().values().forEach(redaction::add);
    if (origin instanceof GoingOn(var takeUp)) {
      takeUp.secretsInResults().forEach(redaction::add);
    }
    return new Settled(
        request,
        origin,
        simulation,
        connections,
        file,
        recipe,
        root,
        settings,
        parameters,
        grants.held(),
        grants.grants(),
        redaction,
        diagnosis);
  }

  private Optional<RunLocks.Held> lock(Settled settled) {
    var request = settled.request();
    return settled
        .file()
        .declaration()
        .lock()
        .flatMap(
            name ->
                LockName.of(
                    name,
                    settled.parameters().shown(),
                    request.simulate(),
                    request.simulatedWorld().map(it -> it.toAbsolutePath().toString())))
        .map(surroundings.locks()::take);
  }

  /** The journal with this process's first line. */
  private Journal journal(Settled settled) {
    var runs = surroundings.runs();
    var limits = RunLimits.of(settled.settings());
    return switch (settled.origin()) {
      case Beginning _ -> runs.create(start(settled), settled.redaction(), limits);
      case GoingOn(var takeUp) ->
          runs.takeUp(
              takeUp.record(), takeUp.what(), surroundings.version(), settled.redaction(), limits);
    };
  }

  private RecipeRun assemble(Settled settled, Claim claim, Consumer<RunEvent> listener) {
    var clock = surroundings.clock();
    var journal = claim.journal();
    var request = settled.request();
    var diagnosis = settled.diagnosis();
    var voice =
        new RunVoice(
            diagnosis.heard(listener),
            settled.redaction(),
            clock,
            Optional.of(journal),
            surroundings.log());
    var permissions = new PermissionLog(journal, settled.redaction(), clock);
    var grants = settled.declared().union(Ground.simulated(settled.simulation()));
    var crossings = diagnosis.crossings(voice, clock);
    var gate =
        ground.gate(
            settled.recipe(), grants, settled.settings(), crossings, voice, permissions::add);
    var libraries = new LibraryFolders(settled.root(), surroundings.sources());
    var principals = principals(settled.file(), settled.root(), libraries, gate);
    var from = Ground.folder(settled.recipe());
    var held = held(settled.held(), from);
    var files = principals.isPresent() ? held : Ground.withoutLibraries(held, libraries);
    var realm =
        ground.realm(
            settled.root(),
            new RunImports(files, journal, imported(settled.origin()), from),
            settled.recipe(),
            request.recipe(),
            gate,
            settled.settings(),
            principals.map(it -> it),
            diagnosis);
    var plan =
        new RecipeRun.Plan(
            settled.file(),
            settled.recipe(),
            surroundings.version(),
            JsonText.of(settled.parameters().revealed()),
            request.simulate(),
            settled.settings().get(Setting.GRACE),
            request.timeout().orElse(null),
            settled.settings().get(Setting.MEMORY),
            realm,
            new BrokenImports(
                surroundings.sources(), surroundings.parser(), surroundings.bindings()),
            clock);
    var onError = request.onError().or(settled.file().declaration()::onError).orElse(OnError.STOP);
    var afterFailure =
        new AfterFailure(
            onError,
            surroundings.failurePrompt(),
            journal.run(),
            () -> RunTakeUp.again(journal.run(), surroundings.runs()),
            voice,
            clock);
    var replay =
        switch (settled.origin()) {
          case Beginning _ -> Replay.none();
          case GoingOn(var takeUp) -> takeUp.replay();
        };
    var gates = principals.<IntFunction<Gate>>map(it -> it::gate).orElse(_ -> gate);
    claim.lock().ifPresent(it -> tell(it, journal, voice.log()));
    return new RecipeRun(
        plan,
        journal,
        permissions,
        voice,
        diagnosis.end(gate, crossings),
        bindings(settled, gates, journal, voice),
        replay,
        afterFailure,
        claim.lock());
  }

  private Supplier<OpenBindings> bindings(
      Settled settled, IntFunction<Gate> gates, Journal journal, RunVoice voice) {
    var log = voice.log();
    var person = new RunPerson(surroundings.recipePrompt(), voice, surroundings.clock());
    var world = ground.world(settled.simulation(), settled.settings());
    var undeclared = Undeclared.in(settled.declared(), log);
    var file = settled.file();
    var run =
        new OpContext.Run(journal.run(), String.valueOf(file.path().getFileName()), file.sha256());
    return () ->
        new OpenBindings(
            surroundings,
            settled.connections(),
            world,
            gates,
            log,
            person,
            Optional.of(run),
            settled.diagnosis().timekeeper()::queued,
            connection -> {
              connection.secrets().values().forEach(settled.redaction()::add);
              journal.connectionOpened(
                  connection.binding(), connection.name(), connection.origin().label());
            },
            undeclared);
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

  private RunStart start(Settled settled) {
    var secrets = settled.parameters().secrets();
    return RunStart.of(
            settled.request(),
            settled.file().sha256(),
            surroundings.version(),
            settled.parameters().shown(),
            secrets.keySet())
        .sealed(secrets, surroundings.runs().seal());
  }

  private ParameterValues parameters(RecipeFile file, Origin origin) {
    var schema = file.parameters();
    var input =
        switch (origin) {
          case Beginning(var given) -> given;
          case GoingOn(var takeUp) -> takeUp.input(schema, surroundings);
        };
    var prompt = surroundings.parameterPrompt();
    return prompt.isPresent() ? schema.settle(input, prompt.get()) : schema.settle(input);
  }

  private static Map<String, String> imported(Origin origin) {
    return switch (origin) {
      case Beginning _ -> Map.of();
      case GoingOn(var takeUp) -> takeUp.record().imports();
    };
  }

  /**
   * What runs on grants that were given to files as they were reads no others: also none that is
   * found by a computed path, or that was changed a moment ago.
   */
  private ModuleSource held(Optional<Imprint> held, Path from) {
    if (held.isEmpty()) {
      return ground::read;
    }
    return real -> {
      var content = ground.read(real);
      if (!held.get().holds(real, content)) {
        throw new HearthException(
            PermissionError.FILE_CHANGED,
            VisibleText.of(real.startsWith(from) ? from.relativize(real) : real));
      }
      return content;
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
              new LibraryPrincipals(libraries, gate, ground.permissionsRelativeTo(root.folder())))
          : Optional.empty();
    } catch (IOException e) {
      throw new HearthException(
              RecipeError.UNREADABLE, VisibleText.of(file.path()), String.valueOf(e.getMessage()))
          .causedBy(e);
    }
  }
}
