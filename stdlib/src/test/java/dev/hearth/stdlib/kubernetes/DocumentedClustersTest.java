package dev.hearth.stdlib.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.RunRequest;
import dev.hearth.stdlib.DocumentedRecipes;
import dev.hearth.stdlib.WaitsFor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of the module's page and types, run against a real cluster. */
@WaitsFor("kubernetes")
class DocumentedClustersTest {
  @TestFactory
  Stream<DynamicTest> every_documented_recipe_does_what_it_says(@TempDir Path folder)
      throws IOException {
    var kubeconfig = LabCluster.get().kubeconfig();
    var recipes = new ArrayList<String>();
    recipes.addAll(DocumentedRecipes.of(KubernetesBinding.class, "README.md"));
    recipes.addAll(DocumentedRecipes.of(KubernetesBinding.class, "kubernetes.d.ts"));
    assertThat(recipes).hasSizeGreaterThan(5);
    return DocumentedRecipes.tests(recipes, recipe -> run(recipe, folder, kubeconfig));
  }

  private static void run(String text, Path folder, Path kubeconfig) throws Exception {
    var own = Files.createTempDirectory(folder, "documented");
    var user = new ClusterHome(own).kubeconfig(kubeconfig);
    var recipe = user.file("documented.js", text);
    var request = RunRequest.of(recipe).allow("kubernetes:write");
    var result = user.hearth().run(request, event -> {});
    assertThat(result.error()).as(text).isNull();
  }
}
