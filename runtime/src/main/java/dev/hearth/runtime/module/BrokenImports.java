package dev.hearth.runtime.module;

import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.SourceFiles;
import dev.hearth.runtime.module.ModuleSyntax.Import;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Says which line is to blame when a recipe's imports lead nowhere. The engine knows the module
 * that it could not have, and not who asked for it: after a failure the files are read once more,
 * so that a run whose imports are sound pays nothing.
 */
public final class BrokenImports {
  /** The engine's whole answer to a JSON file that is imported without saying so. */
  private static final String WRONG_TYPE = "TypeError: Invalid module type was asserted";

  private final SourceFiles files;
  private final ModuleParser parser;
  private final BuiltinModules modules;

  public BrokenImports(SourceFiles files, ModuleParser parser, BuiltinModules modules) {
    this.files = files;
    this.parser = parser;
    this.modules = modules;
  }

  /**
   * The better report of a failed run.
   *
   * @param error what the engine said
   * @param bounds which files may be imported
   * @return all that is wrong with the imports, or {@code error} when that is not the reason
   */
  public ErrorReport explain(ErrorReport error, RecipeFile recipe, ImportBounds bounds) {
    var isMistyped = error.message().equals(WRONG_TYPE);
    var isOfImport =
        isMistyped || error.code().startsWith("module.") || error.code().equals("recipe.syntax");
    if (error.location() != null && !isOfImport) {
      return error;
    }
    // While one of these is broken no line runs, so that nothing else can have failed.
    var broken = walk(recipe, bounds, each -> each.kind().isStatic());
    if (!broken.isEmpty()) {
      return ErrorReport.of(HearthException.all(broken));
    }
    if (error.location() != null && !isMistyped) {
      return error; // an `import()` that a line of the recipe made
    }
    var candidates =
        walk(recipe, bounds, _ -> true).stream().filter(problem -> fits(problem, error)).toList();
    var same =
        candidates.stream().filter(each -> each.sentence().equals(error.message())).findFirst();
    return same.or(() -> candidates.size() == 1 ? Optional.of(candidates.getFirst()) : same)
        .map(ErrorReport::of)
        .orElse(error);
  }

  /** Whether a problem, which some `catch` may have dealt with, can be the one that is reported. */
  private static boolean fits(HearthException problem, ErrorReport error) {
    return problem.id().equals(error.code())
        || (problem.code() == ModuleError.NOT_JSON && error.code().equals("recipe.syntax"))
        || (problem.code() == ModuleError.JSON_AS_JAVASCRIPT && error.message().equals(WRONG_TYPE));
  }

  private List<HearthException> walk(
      RecipeFile recipe, ImportBounds bounds, Predicate<Import> wanted) {
    return new ImportWalk(files, parser, modules, bounds, wanted).from(recipe).problems();
  }
}
