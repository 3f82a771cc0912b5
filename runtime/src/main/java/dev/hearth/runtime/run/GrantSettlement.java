package dev.hearth.runtime.run;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.effect.gate.ClosedFolders;
import dev.hearth.runtime.grant.GrantStore;
import dev.hearth.runtime.grant.RememberedGrants;
import dev.hearth.runtime.grant.RememberedGrants.Allowed;
import dev.hearth.runtime.module.ImportBounds;
import dev.hearth.runtime.module.ImportRoot;
import dev.hearth.runtime.module.Imprint;
import dev.hearth.runtime.module.LibraryFolders;
import dev.hearth.runtime.module.RecipeError;
import dev.hearth.runtime.module.RecipeFile;
import dev.hearth.runtime.permission.Grant;
import dev.hearth.runtime.permission.GrantPrompt;
import dev.hearth.runtime.permission.GrantPrompt.Lasting;
import dev.hearth.runtime.permission.Grants;
import dev.hearth.runtime.permission.Need;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.permission.PermissionParser;
import dev.hearth.runtime.permission.Settlement;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.settings.Places;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * What a recipe is granted before it runs: by flags, by what the user allowed it for good, and by
 * answers to a prompt, in this order. What is allowed for good is looked up only where flags leave
 * something open, so that a recipe that needs nothing looks nothing up.
 */
final class GrantSettlement {
  private final Surroundings surroundings;
  private final ConnectionSource connections;
  private final GrantStore store;

  GrantSettlement(Surroundings surroundings, ConnectionSource connections) {
    this.surroundings = surroundings;
    this.connections = connections;
    this.store = new GrantStore(surroundings.places().config());
  }

  /**
   * What was settled.
   *
   * @param grants all that the recipe may do
   * @param held the files that it may consist of, when some of it was granted to these files only
   */
  record Settled(Grants grants, Optional<Imprint> held) {}

  /** Asks where something is missing; fails where nobody can be asked, or the answer is no. */
  Settled settle(RunRequest request, RecipeFile file, ImportRoot root) throws InterruptedException {
    var recipe = real(request.recipe());
    var needs = needs(request, file);
    var given = permissionsRelativeTo(Path.of("")).grants(request.grants());
    var isCovered = needs.stream().allMatch(need -> given.allows(need.permission()));
    var remembered = isCovered ? Optional.<RememberedGrants>empty() : store.of(recipe);
    var changes = new ArrayList<String>();
    var lasting = List.<Need>of();
    if (remembered.isPresent()) {
      var from = root.folder();
      changes.addAll(remembered.get().imprint().changes(surroundings.sources(), from));
      lasting = changes.isEmpty() ? remembered.get().answered(needs) : List.of();
      changes.addAll(request.simulate() ? List.of() : remembered.get().shifts(needs));
    }
    var known = given.union(grants(lasting));
    var settled =
        settlement(request, file, root).settle(request.recipe().toString(), needs, known, changes);
    var isToRemember = request.remember() || settled.lasting() == Lasting.ALWAYS;
    if (isToRemember) {
      lasting = needs.stream().filter(need -> isReal(need, settled.grants())).toList();
    }
    if (lasting.isEmpty()) {
      return new Settled(settled.grants(), Optional.empty());
    }
    var imprint =
        isToRemember ? imprint(file, root, settled.grants()) : remembered.orElseThrow().imprint();
    if (isToRemember) {
      remember(recipe, imprint, lasting);
    }
    return new Settled(settled.grants(), Optional.of(imprint));
  }

  private static Grants grants(List<Need> needs) {
    return Grants.of(
        Grant.Origin.REMEMBERED, needs.stream().map(Need::permission).distinct().toList());
  }

  /** What only a simulation granted was not granted by the user. */
  private static boolean isReal(Need need, Grants grants) {
    return grants
        .covering(need.permission())
        .anyMatch(grant -> grant.origin() != Grant.Origin.SIMULATION);
  }

  private Settlement settlement(RunRequest request, RecipeFile file, ImportRoot root) {
    var settlement =
        surroundings
            .grantPrompt()
            .map(prompt -> Settlement.asking(naming(prompt, request, file, root)))
            .orElseGet(Settlement::withoutAsking);
    return request.simulate() ? settlement.simulated() : settlement;
  }

  /** Looks for the libraries only when somebody is really asked. */
  private GrantPrompt naming(
      GrantPrompt prompt, RunRequest request, RecipeFile file, ImportRoot root) {
    return question -> {
      var given = permissionsRelativeTo(Path.of("")).grants(request.grants());
      return prompt.ask(question.with(libraries(file, root, given, question.needs())));
    };
  }

  private List<GrantPrompt.Library> libraries(
      RecipeFile file, ImportRoot root, Grants given, List<Need> needs) {
    var folders = new LibraryFolders(root, surroundings.sources());
    var found = new LinkedHashSet<LibraryFolders.Library>();
    for (var imported : imprintOf(file, root, given).files().keySet()) {
      folders.of(imported).ifPresent(found::add);
    }
    var asked =
        Grants.of(Grant.Origin.PROMPT, needs.stream().map(Need::permission).distinct().toList());
    return found.stream()
        .map(library -> asking(library, asked))
        .filter(library -> !library.words().isEmpty())
        .toList();
  }

  /** What it declares, as far as the recipe asks for it: more it does not get. */
  private GrantPrompt.Library asking(LibraryFolders.Library library, Grants asked) {
    var declared =
        permissionsRelativeTo(library.folder()).declared(library.permissions()).orThrow();
    var both = asked.intersection(Grants.of(Grant.Origin.PROMPT, declared));
    return new GrantPrompt.Library(
        VisibleText.of((library.name() + " " + library.version()).strip()),
        both.list().stream().map(grant -> grant.permission().words()).distinct().toList());
  }

  private void remember(Path recipe, Imprint imprint, List<Need> needs) {
    var now = surroundings.clock().now();
    var allowed =
        needs.stream()
            .map(need -> new Allowed(need.permission().toString(), need.words(), now))
            .toList();
    store.remember(new RememberedGrants(recipe, imprint, allowed));
  }

  private Imprint imprint(RecipeFile file, ImportRoot root, Grants grants) {
    try {
      return withManifests(
          imprintOf(file, root, grants), new LibraryFolders(root, surroundings.sources()));
    } catch (IOException e) {
      throw unreadable(file.path(), e);
    }
  }

  private Imprint imprintOf(RecipeFile file, ImportRoot root, Grants grants) {
    var closed = ClosedFolders.of(surroundings.places().protectedPaths());
    var bounds =
        new ImportBounds(root, path -> grants.allows(new Permission.Read(path)), closed::contain);
    try {
      return Imprint.of(
          file, bounds, surroundings.sources(), surroundings.parser(), surroundings.bindings());
    } catch (IOException e) {
      throw unreadable(file.path(), e);
    }
  }

  /** What a library says that it may do is looked at as its code is. */
  private Imprint withManifests(Imprint imprint, LibraryFolders libraries) throws IOException {
    var all = imprint;
    for (var file : imprint.files().keySet()) {
      var library = libraries.of(file);
      if (library.isPresent()) {
        all = all.with(library.get().manifest(), surroundings.sources());
      }
    }
    return all;
  }

  private List<Need> needs(RunRequest request, RecipeFile file) {
    var folder = request.recipe().toAbsolutePath().normalize().getParent();
    var parser = permissionsRelativeTo(folder == null ? Path.of("/") : folder);
    return file.permissions(parser).stream().map(this::need).toList();
  }

  /** A need that says which system it is about, where that is known already. */
  private Need need(Permission permission) {
    return permission instanceof Permission.Intent intent
        ? Optional.ofNullable(surroundings.bindings().get(intent.binding()))
            .flatMap(
                binding ->
                    connections.need(
                        binding, intent, UserConfiguration.unrecorded(surroundings, binding)))
            .orElseGet(() -> Need.of(intent))
        : Need.of(permission);
  }

  private PermissionParser permissionsRelativeTo(Path folder) {
    return PermissionParser.relativeTo(folder)
        .home(Places.home(surroundings.environment()))
        .bindings(surroundings.bindings().names());
  }

  private Path real(Path recipe) {
    try {
      return surroundings.sources().real(recipe);
    } catch (IOException e) {
      throw unreadable(recipe, e);
    }
  }

  private static HearthException unreadable(Path file, IOException e) {
    return new HearthException(
            RecipeError.UNREADABLE, VisibleText.of(file), String.valueOf(e.getMessage()))
        .causedBy(e);
  }
}
