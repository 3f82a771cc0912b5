package dev.hearth.runtime.module;

import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.SourceFiles;
import dev.hearth.runtime.effect.gate.ClosedFolders;
import dev.hearth.runtime.module.CheckedRecipe.Kind;
import dev.hearth.runtime.module.ModuleSyntax.RecipeExport;
import dev.hearth.runtime.param.Parameter;
import dev.hearth.runtime.permission.Declaration;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.permission.PermissionParser;
import dev.hearth.runtime.permission.VisibleText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds all that is wrong with a recipe and can be known without running it: syntax, the literal,
 * parameters, permissions, and all that it imports, directly or not.
 */
public final class RecipeCheck {
  private final SourceFiles files;
  private final MentionParser parser;
  private final Bindings modules;
  private final Predicate<String> needsIntent;
  private final Collection<String> flags;
  private final User user;

  /**
   * Whose recipes are checked.
   *
   * @param home the home folder, if it is known
   * @param closed what nobody's recipe may import
   */
  public record User(Optional<Path> home, ClosedFolders closed) {}

  /**
   * A check.
   *
   * @param flags the flags of the command itself, which no parameter may take
   */
  public RecipeCheck(
      SourceFiles files,
      MentionParser parser,
      Bindings bindings,
      Collection<String> flags,
      User user) {
    this.files = files;
    this.parser = parser;
    this.modules = bindings;
    this.needsIntent =
        name -> {
          var binding = bindings.get(name);
          return binding != null && binding.needsIntent();
        };
    this.flags = List.copyOf(flags);
    this.user = user;
  }

  /** Checks a recipe; without a default export it is none. */
  public CheckedRecipe check(Path recipe) {
    return check(recipe, Kind.RECIPE);
  }

  /**
   * Checks a file that was found in a folder. One that neither declares a recipe nor has a default
   * export is a module that recipes import, and is checked as one.
   */
  public CheckedRecipe checkFound(Path file) {
    return check(file, Kind.MODULE);
  }

  /**
   * One check.
   *
   * @param least what the file is if nothing in it says more
   */
  private CheckedRecipe check(Path path, Kind least) {
    RecipeFile file;
    ImportRoot root;
    try {
      file = RecipeFile.read(path, files, parser);
      root = ImportRoot.of(path, files, user.home());
    } catch (HearthException e) {
      return CheckedRecipe.unreadable(path, ErrorReport.of(e));
    }
    var kind = isRecipe(file.syntax()) ? Kind.RECIPE : least;
    var schema = file.parametersOf(file.declarationSoFar());
    var declared = permissions(file);
    var bounds = new ImportBounds(root, _ -> false, user.closed()::contain);
    var imports = new ImportWalk(files, parser, modules, bounds, _ -> true).from(file);
    var own = new ArrayList<>(file.problems());
    own.addAll(schema.problems());
    own.addAll(schema.clashes(flags));
    own.addAll(file.located(declared.problems()));
    if (kind == Kind.RECIPE) {
      own.addAll(undeclared(file, imports, declared.permissions()));
      own.addAll(defaultExport(file));
    }
    own.addAll(imports.problemsIn(file.source()));
    var declaredAndUsed = declaredAgainstUsed(file, kind, imports, declared, root);
    own.addAll(declaredAndUsed.problems());
    own.sort(Comparator.comparing(RecipeCheck::line).thenComparing(RecipeCheck::column));
    own.addAll(imports.problemsBeyond(file.source()));
    return new CheckedRecipe(
        path,
        kind,
        file.declarationSoFar().summary(),
        schema.parameters().stream().map(Parameter::name).toList(),
        declared.permissions(),
        reports(own),
        reports(declaredAndUsed.undeclared()),
        reports(declaredAndUsed.unused()));
  }

  private static List<ErrorReport> reports(List<HearthException> problems) {
    return problems.stream().map(ErrorReport::of).toList();
  }

  private record DeclaredAndUsed(
      List<HearthException> problems,
      List<HearthException> undeclared,
      List<HearthException> unused) {}

  /** Tests are started with flags and in a simulated world, and declare nothing. */
  private DeclaredAndUsed declaredAgainstUsed(
      RecipeFile file, Kind kind, ImportWalk imports, Declaration declared, ImportRoot root) {
    if (kind != Kind.RECIPE || imports.builtins().containsKey("test")) {
      return new DeclaredAndUsed(List.of(), List.of(), List.of());
    }
    var uses = VisibleUses.in(imports.modules(), parser, modules);
    var check =
        new UseCheck(
            files, new LibraryFolders(root, files), file, declared.permissions(), reader(file));
    var undeclared = check.undeclared(uses);
    return new DeclaredAndUsed(check.problems(), undeclared, check.unused(uses, imports));
  }

  private static boolean isRecipe(ModuleSyntax syntax) {
    return !(syntax.recipe() instanceof RecipeExport.Absent)
        || syntax.defaultExport() != ModuleSyntax.DefaultExport.NONE;
  }

  private Declaration permissions(RecipeFile file) {
    return reader(file).declared(file.declarationSoFar().permissions());
  }

  private PermissionParser reader(RecipeFile file) {
    var folder = file.path().toAbsolutePath().getParent();
    return PermissionParser.relativeTo(folder == null ? file.path() : folder)
        .home(user.home())
        .bindings(modules.names());
  }

  /** What is imported and needs a permission that the recipe does not mention. */
  private List<HearthException> undeclared(
      RecipeFile file, ImportWalk imports, List<Permission> declared) {
    var problems = new ArrayList<HearthException>();
    imports
        .builtins()
        .forEach(
            (name, place) -> {
              var mentioned = file.declarationSoFar().permissions().has(name);
              if (needsIntent.test(name) && !mentioned && !grantsAll(declared)) {
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
