package dev.hearth.runtime.module;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.SourceFiles;
import dev.hearth.runtime.module.LibraryFolders.Library;
import dev.hearth.runtime.module.VisibleUses.Use;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.permission.PermissionParser;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Foreseen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds what a recipe declares against what its text is seen to use. It is a hint: what is computed
 * cannot be seen, and then nothing is claimed; what is seen need not happen. The gate decides.
 */
final class UseCheck {
  private static final int MOST = 100;

  private final SourceFiles files;
  private final LibraryFolders libraries;
  private final RecipeFile recipe;
  private final List<Permission> declared;
  private final PermissionParser permissions;
  private final Map<Path, Optional<Owner>> owners = new HashMap<>();
  private final List<HearthException> problems = new ArrayList<>();
  private final List<HearthException> undeclared = new ArrayList<>();
  private final Set<String> told = new HashSet<>();

  /** A library with what it declares itself. */
  private record Owner(Library library, List<Permission> declared) {}

  /**
   * A check, used once.
   *
   * @param permissions reads what stands in the recipe, from its folder
   */
  UseCheck(
      SourceFiles files,
      LibraryFolders libraries,
      RecipeFile recipe,
      List<Permission> declared,
      PermissionParser permissions) {
    this.files = files;
    this.libraries = libraries;
    this.recipe = recipe;
    this.declared = declared;
    this.permissions = permissions;
  }

  /** What is wrong with the libraries that are imported. */
  List<HearthException> problems() {
    return problems;
  }

  /** What is used and not declared, each thing once for each who uses it. */
  List<HearthException> undeclared(List<Use> uses) {
    for (var use : uses) {
      var owner = owner(use.in().path());
      for (var needed : use.foreseen().needed()) {
        var asked = readings(needed);
        if (!asked.isEmpty() && undeclared.size() < MOST) {
          tell(use, needed, asked, owner);
        }
      }
    }
    return undeclared;
  }

  private void tell(Use use, String needed, List<Permission> asked, Optional<Owner> owner) {
    var library = owner.filter(it -> !declares(it.declared(), asked)).map(Owner::library);
    if (library.isEmpty() && (declares(declared, asked) || isToldByImport(asked))) {
      return;
    }
    var who = library.map(it -> it.folder().toString()).orElse("");
    if (!told.add(who + "\n" + needed)) {
      return;
    }
    var shown = VisibleText.of(needed);
    var error =
        library
            .map(
                it ->
                    new HearthException(
                        RecipeError.USE_UNDECLARED_BY_LIBRARY,
                        shown,
                        VisibleText.of(it.name()),
                        VisibleText.of(it.manifest())))
            .orElseGet(
                () ->
                    new HearthException(
                        RecipeError.USE_UNDECLARED,
                        shown,
                        VisibleText.of(declaration(asked.getFirst(), needed)),
                        VisibleText.of("--allow-" + needed)));
    undeclared.add(error.with("permission", needed).at(use.in().source().at(use.start())));
  }

  /** Of a system that is not declared at all, {@link RecipeCheck} tells where it is imported. */
  private boolean isToldByImport(List<Permission> asked) {
    return asked.getFirst() instanceof Permission.Intent intent
        && !recipe.declarationSoFar().permissions().has(intent.binding());
  }

  /** As it is to be written in the recipe: a path as it was written where it is used. */
  private static String declaration(Permission permission, String needed) {
    return switch (permission) {
      case Permission.Read _ -> "read: ['" + needed.substring("read=".length()) + "']";
      case Permission.Write _ -> "write: ['" + needed.substring("write=".length()) + "']";
      default -> permission.declaration();
    };
  }

  /** What is declared, and neither seen to be used nor possible behind what cannot be seen. */
  List<HearthException> unused(List<Use> uses, ImportWalk imports) {
    var possible = new HashSet<String>(imports.builtins().keySet());
    var needed = new ArrayList<Permission>();
    imports.modules().forEach(module -> needed.add(new Permission.Read(module.path())));
    for (var use : uses) {
      possible.addAll(use.foreseen().possible());
      for (var each : use.foreseen().needed()) {
        var readings = readings(each);
        needed.addAll(readings);
        if (readings.isEmpty()) {
          possible.add(word(each));
        }
      }
    }
    if (possible.contains(Foreseen.ANYTHING)) {
      return List.of();
    }
    var unused = new ArrayList<HearthException>();
    declarations()
        .forEach(
            (pointer, permission) -> {
              if (!possible.contains(word(permission.toString())) && !isUsed(permission, needed)) {
                unused.add(
                    new HearthException(
                            RecipeError.DECLARED_UNUSED, VisibleText.of(permission.toString()))
                        .with("permission", permission.toString())
                        .at(recipe.atKey("/permissions" + pointer)));
              }
            });
    return unused;
  }

  /** What is declared, by its place in the literal. */
  private Map<String, Permission> declarations() {
    var found = new LinkedHashMap<String, Permission>();
    recipe
        .declarationSoFar()
        .permissions()
        .properties()
        .forEach(
            entry -> {
              var name = Literal.pointer("", entry.getKey());
              var value = entry.getValue();
              if (!value.isArray()) {
                add(found, name, single(entry.getKey()).set(entry.getKey(), value));
                return;
              }
              for (int i = 0; i < value.size(); i++) {
                var one = single(entry.getKey());
                one.putArray(entry.getKey()).add(value.get(i));
                add(found, name + "/" + i, one);
              }
            });
    return found;
  }

  private static ObjectNode single(String key) {
    return JsonNodeFactory.instance.objectNode().putNull(key);
  }

  private void add(Map<String, Permission> found, String pointer, ObjectNode declaration) {
    permissions.declared(declaration).permissions().forEach(it -> found.putIfAbsent(pointer, it));
  }

  private static boolean isUsed(Permission permission, List<Permission> needed) {
    return permission instanceof Permission.All
        || needed.stream().anyMatch(need -> isFor(permission, need));
  }

  private static boolean declares(List<Permission> declared, List<Permission> asked) {
    return declared.stream().anyMatch(it -> asked.stream().anyMatch(one -> isFor(it, one)));
  }

  /** A program is the same by its name and by its path: which one is on the PATH is not asked. */
  private static boolean isFor(Permission declared, Permission asked) {
    return declared.covers(asked)
        || (declared instanceof Permission.Exec(var a)
            && asked instanceof Permission.Exec(var b)
            && Path.of(a).getFileName().equals(Path.of(b).getFileName()));
  }

  /**
   * What a need can mean: a relative path begins where Hearth is started, which for most is the
   * recipe's own folder. Empty when it means nothing that could be granted.
   */
  private List<Permission> readings(String needed) {
    if (needed.matches("(?s)(read|write)=~.*")) {
      return List.of();
    }
    var readings = new ArrayList<Permission>();
    for (var from : List.of(permissions, permissions.in(Path.of("")))) {
      try {
        readings.add(from.parse(needed));
      } catch (HearthException e) {
        return List.of();
      }
    }
    return readings;
  }

  /** What a permission begins with: the effect, or the system. */
  private static String word(String permission) {
    return permission.replaceFirst("[=:].*", "");
  }

  private Optional<Owner> owner(Path file) {
    return owners.computeIfAbsent(file, this::readOwner);
  }

  private Optional<Owner> readOwner(Path file) {
    try {
      return libraries
          .of(files.real(file))
          .map(
              library -> {
                var all = permissions.in(library.folder()).declared(library.permissions());
                all.problems().forEach(this::blame);
                return new Owner(library, all.permissions());
              });
    } catch (HearthException e) {
      blame(e);
    } catch (IOException goneMeanwhile) {
      return Optional.empty(); // then it belongs to nobody
    }
    return Optional.empty();
  }

  private void blame(HearthException problem) {
    if (problems.stream().noneMatch(it -> it.sentence().equals(problem.sentence()))) {
      problems.add(problem);
    }
  }
}
