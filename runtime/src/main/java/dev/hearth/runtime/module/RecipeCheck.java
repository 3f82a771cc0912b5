package dev.hearth.runtime.module;

import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.SourceFiles;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.permission.PermissionParser;
import dev.hearth.runtime.permission.VisibleText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds all that is wrong with a recipe and can be known without running it: syntax, the literal,
 * parameters, permissions, and all that it imports, directly or not.
 */
public final class RecipeCheck {
  private final SourceFiles files;
  private final ModuleParser parser;
  private final BuiltinModules modules;
  private final Predicate<String> needsIntent;
  private final Collection<String> flags;

  /**
   * A check.
   *
   * @param flags the flags of the command itself, which no parameter may take
   */
  public RecipeCheck(
      SourceFiles files, ModuleParser parser, Bindings bindings, Collection<String> flags) {
    this.files = files;
    this.parser = parser;
    this.modules = bindings;
    this.needsIntent =
        name -> {
          var binding = bindings.get(name);
          return binding != null && binding.needsIntent();
        };
    this.flags = List.copyOf(flags);
  }

  /**
   * Checks one recipe.
   *
   * @param recipe as the user named it
   * @return all findings: those in the recipe first, in the order of its text; empty when it is
   *     fine
   */
  public List<ErrorReport> check(Path recipe) {
    RecipeFile file;
    Path root;
    try {
      file = RecipeFile.read(recipe, files, parser);
      root = ImportRoot.of(recipe, files);
    } catch (HearthException e) {
      return List.of(ErrorReport.of(e));
    }
    var imports = new ImportWalk(files, parser, modules, root, _ -> false, _ -> true).from(file);
    var own = new ArrayList<>(file.problems());
    own.addAll(parameters(file));
    own.addAll(permissions(file, imports));
    own.addAll(defaultExport(file));
    own.addAll(imports.problemsIn(file.source()));
    own.sort(Comparator.comparing(RecipeCheck::line).thenComparing(RecipeCheck::column));
    own.addAll(imports.problemsBeyond(file.source()));
    return own.stream().map(ErrorReport::of).toList();
  }

  private List<HearthException> parameters(RecipeFile file) {
    var schema = file.parametersOf(file.declarationSoFar());
    var problems = new ArrayList<>(schema.problems());
    problems.addAll(schema.clashes(flags));
    return problems;
  }

  private List<HearthException> permissions(RecipeFile file, ImportWalk imports) {
    var folder = file.path().toAbsolutePath().getParent();
    var declared =
        PermissionParser.relativeTo(folder == null ? file.path() : folder)
            .bindings(modules.names())
            .declared(file.declarationSoFar().permissions());
    var problems = new ArrayList<>(file.located(declared.problems()));
    imports
        .builtins()
        .forEach(
            (name, place) -> {
              var mentioned = file.declarationSoFar().permissions().has(name);
              if (needsIntent.test(name) && !mentioned && !grantsAll(declared.permissions())) {
                problems.add(
                    new HearthException(RecipeError.PERMISSION_UNDECLARED, "hearth:" + name, name)
                        .at(place));
              }
            });
    return problems;
  }

  private static boolean grantsAll(List<Permission> permissions) {
    return permissions.stream().anyMatch(Permission.All.class::isInstance);
  }

  private static List<HearthException> defaultExport(RecipeFile file) {
    var shown = VisibleText.of(file.path());
    return switch (file.syntax().defaultExport()) {
      case NONE -> List.of(new HearthException(RecipeError.NO_DEFAULT_EXPORT, shown));
      case NOT_A_FUNCTION ->
          List.of(new HearthException(RecipeError.DEFAULT_NOT_A_FUNCTION, shown));
      case FUNCTION, UNKNOWN -> List.of();
    };
  }

  private static int line(HearthException e) {
    return e.location().map(ErrorReport.Location::line).orElse(0);
  }

  private static int column(HearthException e) {
    return e.location().map(ErrorReport.Location::column).orElse(0);
  }
}
