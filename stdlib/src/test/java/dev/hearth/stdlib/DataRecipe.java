package dev.hearth.stdlib;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.testing.RecipeTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Recipes of one expression, for modules that work on data. */
public final class DataRecipe {
  private final Path folder;
  private final String imports;
  public final RecipeTester tester;

  /** {@code modules} are imported, each by its own name. */
  public DataRecipe(Path folder, String... modules) {
    this.folder = folder;
    this.tester = RecipeTester.in(folder.resolve("home"));
    var text = new StringBuilder();
    for (var module : modules) {
      text.append("import { %1$s } from 'hearth:%1$s'; ".formatted(module));
    }
    this.imports = text.toString();
  }

  public RunResult run(String body) throws IOException, InterruptedException {
    var recipe = imports + "\nexport default async () => {\n" + body + "\n};\n";
    return tester.run(Files.writeString(folder.resolve("recipe.js"), recipe));
  }

  /** The JSON of what an expression is. */
  public String value(String expression) throws IOException, InterruptedException {
    var result = run("return " + expression + ";");
    assertThat(result.error()).as(tester.error()).isNull();
    JsonNode value = requireNonNull(result.value(), "it has no value");
    return value.toString();
  }

  /** The code, sentence and place of what an expression fails with. */
  public String error(String expression) throws IOException, InterruptedException {
    var result = run("return " + expression + ";");
    var error = requireNonNull(result.error(), "it did not fail");
    assertThat(requireNonNull(error.location()).line()).isEqualTo(3);
    return error.code() + ": " + error.message();
  }
}
