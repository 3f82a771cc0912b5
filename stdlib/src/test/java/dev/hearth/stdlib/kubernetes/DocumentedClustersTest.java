package dev.hearth.stdlib.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.RunRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of the module's page and types, run against a real cluster. */
class DocumentedClustersTest {
  private static final Pattern BLOCK = Pattern.compile("```js\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern EXAMPLE = Pattern.compile("@example\\n((?: +\\*(?!/).*\\n)+)");

  @TestFactory
  Stream<DynamicTest> every_documented_recipe_does_what_it_says(@TempDir Path folder)
      throws IOException {
    var kubeconfig = LabCluster.get().kubeconfig();
    var recipes = new ArrayList<String>();
    recipes.addAll(found(BLOCK, "README.md"));
    recipes.addAll(found(EXAMPLE, "kubernetes.d.ts"));
    assertThat(recipes).hasSizeGreaterThan(5);
    return recipes.stream()
        .map(
            recipe ->
                DynamicTest.dynamicTest(
                    recipe.lines().toList().get(2), () -> run(recipe, folder, kubeconfig)));
  }

  private static void run(String text, Path folder, Path kubeconfig) throws Exception {
    var own = Files.createTempDirectory(folder, "documented");
    var user = new ClusterHome(own).kubeconfig(kubeconfig);
    var recipe = user.file("documented.js", text);
    var request = RunRequest.of(recipe).allow("kubernetes:write");
    var result = user.hearth().run(request, event -> {});
    assertThat(result.error()).as(text).isNull();
  }

  private static List<String> found(Pattern pattern, String file) throws IOException {
    try (var in = KubernetesBinding.class.getResourceAsStream(file)) {
      var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return pattern
          .matcher(text)
          .results()
          .map(match -> match.group(1).replaceAll("(?m)^ +\\* ?", ""))
          .filter(code -> code.contains("export default"))
          .toList();
    }
  }
}
