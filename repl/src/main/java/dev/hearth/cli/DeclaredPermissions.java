package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.effect.LocalSources;
import dev.hearth.runtime.engine.GraalModuleParser;
import dev.hearth.runtime.module.RecipeFile;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.permission.PermissionParser;
import dev.hearth.runtime.run.RunStart;
import dev.hearth.runtime.run.UsedPermissions;
import dev.hearth.runtime.settings.Places;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the recipe of a run declared, read from its file, if that is still the one that ran.
 *
 * @param why why it is not known; empty when it is
 */
record DeclaredPermissions(List<Permission> permissions, Optional<String> why) {
  static DeclaredPermissions unknown(String why) {
    return new DeclaredPermissions(List.of(), Optional.of(why));
  }

  static DeclaredPermissions of(RunStart start, Environment environment) {
    try {
      var recipe = Path.of(start.recipe());
      var file = RecipeFile.read(recipe, new LocalSources(), new GraalModuleParser());
      if (!file.sha256().equals(start.recipeHash())) {
        return unknown("the recipe has changed since");
      }
      var parser =
          PermissionParser.relativeTo(recipe.resolveSibling("")).home(Places.home(environment));
      return new DeclaredPermissions(file.permissions(parser), Optional.empty());
    } catch (HearthException e) {
      return unknown("the recipe cannot be read");
    }
  }

  /** Empty for what was cut or masked when it was written down. */
  private static Optional<Permission> parsed(PermissionParser parser, String recorded) {
    try {
      return Optional.of(parser.parse(recorded));
    } catch (HearthException e) {
      return Optional.empty();
    }
  }

  /** Those that no use of the run needed. */
  List<String> unused(UsedPermissions used) {
    var granted = granted(used);
    return permissions.stream()
        .filter(declared -> granted.stream().noneMatch(declared::covers))
        .map(Permission::toString)
        .toList();
  }

  /** Those that were used for less than they say, each with all that they were used for. */
  Map<String, List<String>> wider(UsedPermissions used) {
    var granted = granted(used);
    var wider = new LinkedHashMap<String, List<String>>();
    for (var declared : permissions) {
      var uses =
          granted.stream().filter(declared::covers).map(Permission::toString).distinct().toList();
      if (!uses.isEmpty() && !uses.contains(declared.toString())) {
        wider.put(declared.toString(), uses);
      }
    }
    return wider;
  }

  private static List<Permission> granted(UsedPermissions used) {
    var parser = PermissionParser.relativeTo(Path.of("/"));
    return used.uses().stream()
        .filter(UsedPermissions.Use::granted)
        .flatMap(use -> parsed(parser, use.permission()).stream())
        .toList();
  }
}
