package dev.hearth.runtime.param;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.engine.GraalModuleParser;
import dev.hearth.runtime.module.RecipeFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Parameters as recipes declare them. */
final class Declared {
  private Declared() {}

  /** The schema of {@code params: { … }}. */
  static ParameterSchema params(String literal) {
    return file(literal).parameters();
  }

  private static RecipeFile file(String literal) {
    return RecipeFile.of(
        "recipe.js",
        "export const recipe = { params: {\n" + literal + "\n} };",
        new GraalModuleParser());
  }

  /** Everything that is wrong with a declaration: {@code line:column sentence hint}. */
  static List<String> problems(String literal) {
    return all(() -> params(literal)).stream()
        .map(
            e ->
                e.location().map(at -> at.line() + ":" + at.column() + " ").orElse("")
                    + e.sentence()
                    + " "
                    + e.hint())
        .toList();
  }

  /** Everything that is wrong with values: {@code sentence hint}. */
  static List<String> refusals(Supplier<?> attempt) {
    return all(attempt).stream().map(e -> e.sentence() + " " + e.hint()).toList();
  }

  private static List<HearthException> all(Supplier<?> attempt) {
    var thrown = catchThrowableOfType(HearthException.class, attempt::get);
    if (thrown == null) {
      return List.of();
    }
    var all = new ArrayList<HearthException>();
    all.add(thrown);
    all.addAll(thrown.also());
    return all;
  }
}
