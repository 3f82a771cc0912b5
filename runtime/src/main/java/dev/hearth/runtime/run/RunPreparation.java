package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunRequest.OnError;
import dev.hearth.runtime.effect.gate.Audit;
import dev.hearth.runtime.effect.gate.Gate;
import dev.hearth.runtime.effect.gate.Principal;
import dev.hearth.runtime.effect.gate.World;
import dev.hearth.runtime.engine.RealmSetup;
import dev.hearth.runtime.module.RecipeFile;
import dev.hearth.runtime.permission.Grants;
import dev.hearth.runtime.permission.Need;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.permission.PermissionParser;
import dev.hearth.runtime.permission.Settlement;
import dev.hearth.runtime.secret.Redaction;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

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
   * @param simulation the simulators, when the request asks for them
   */
  public RecipeRun prepare(
      RunRequest request, Optional<Simulation> simulation, Consumer<RunEvent> listener)
      throws InterruptedException {
    var file = RecipeFile.read(request.recipe(), surroundings.sources(), surroundings.parser());
    var declaration = file.declaration();
    var parameters = parameters(request);
    var grants = grants(request, file);
    var recipe = request.recipe().toAbsolutePath().normalize();
    var redaction = new Redaction();
    var start = RunStart.of(request, file.sha256(), surroundings.version(), parameters, Set.of());
    var journal = surroundings.runs().create(start, redaction, surroundings.runLimits());
    var voice = new RunVoice(listener, redaction, surroundings.clock());
    var gate = gate(recipe, grants, voice);
    var world =
        simulation
            .map(s -> World.simulated(s.net(), surroundings.environment(), surroundings.clock()))
            .orElseGet(() -> World.real(surroundings.net(), surroundings.limits()));
    var plan =
        new RecipeRun.Plan(
            file,
            recipe,
            parameters.toString(),
            request.simulate(),
            request.onError().or(declaration::onError).orElse(OnError.STOP),
            surroundings.grace(),
            request.timeout().orElse(null),
            realm(recipe, request.recipe(), gate),
            surroundings.clock());
    var connections =
        new ConnectionSource(surroundings.connections(), request.connections(), simulation);
    return new RecipeRun(
        plan,
        journal,
        voice,
        new OpenBindings(
            surroundings.bindings(),
            connections,
            world,
            gate,
            voice.log(journal),
            connection -> {
              connection.secrets().values().forEach(redaction::add);
              journal.connectionOpened(
                  connection.binding(), connection.name(), connection.origin().label());
            }));
  }

  private ObjectNode parameters(RunRequest request) {
    var values = JsonNodeFactory.instance.objectNode();
    request.parameters().forEach(values::set);
    return values;
  }

  private Grants grants(RunRequest request, RecipeFile file) throws InterruptedException {
    var names = surroundings.bindings().names();
    var folder = folder(request.recipe());
    var declared =
        PermissionParser.relativeTo(folder)
            .bindings(names)
            .declared(file.declaration().permissions())
            .orThrow();
    var given = PermissionParser.relativeTo(Path.of("")).bindings(names).grants(request.grants());
    var settlement =
        surroundings.grantPrompt().map(Settlement::asking).orElseGet(Settlement::withoutAsking);
    var needs = declared.stream().map(Need::of).toList();
    return (request.simulate() ? settlement.simulated() : settlement)
        .settle(request.recipe().toString(), needs, given);
  }

  private Gate gate(Path recipe, Grants grants, RunVoice voice) {
    var audit =
        new Audit(
            entry ->
                voice.accept(
                    new RunEvent.Audited(
                        surroundings.clock().now(),
                        entry.permission().toString(),
                        entry.granted())));
    var name = String.valueOf(recipe.getFileName());
    return Gate.of(surroundings.limits(), audit, surroundings.places().protectedPaths())
        .as(new Principal(name, grants));
  }

  private RealmSetup realm(Path recipe, Path named, Gate gate) {
    var working = Path.of("").toAbsolutePath();
    return new RealmSetup(
        ImportRoot.of(recipe),
        path -> mayRead(gate, path),
        path -> surroundings.sources().read(path, LARGEST_MODULE),
        path -> display(path, recipe, named, working),
        surroundings.bindings(),
        surroundings.opLimits(),
        surroundings.clock());
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
