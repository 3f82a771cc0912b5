package dev.hearth.stdlib;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** The whole recipes that a module's page and its types show. */
public final class DocumentedRecipes {
  private static final Pattern BLOCK = Pattern.compile("```js\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern EXAMPLE = Pattern.compile("@example\\n((?: +\\*(?!/).*\\n)+)");

  private DocumentedRecipes() {}

  /**
   * Those of a file beside a binding.
   *
   * @param file such as {@code README.md} or {@code ssh.d.ts}
   */
  public static List<String> of(Class<?> binding, String file) throws IOException {
    try (var in = binding.getResourceAsStream(file)) {
      var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return (file.endsWith(".d.ts") ? EXAMPLE : BLOCK)
          .matcher(text)
          .results()
          .map(match -> match.group(1).replaceAll("(?m)^ +\\* ?", ""))
          .filter(code -> code.contains("export default"))
          .toList();
    }
  }

  /** The one of them that has these words. */
  public static String with(String words, Class<?> binding, String file) throws IOException {
    return of(binding, file).stream()
        .filter(code -> code.contains(words))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No recipe of " + file + " has " + words));
  }

  /** A test of each, called by its third line, which says what it is for. */
  public static Stream<DynamicTest> tests(List<String> recipes, ThrowingConsumer<String> run) {
    return recipes.stream()
        .map(
            recipe ->
                DynamicTest.dynamicTest(recipe.lines().toList().get(2), () -> run.accept(recipe)));
  }
}
