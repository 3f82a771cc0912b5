package dev.hearth.stdlib.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunRequest;
import dev.hearth.stdlib.DocumentedRecipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of the module's page and types, run against a real host. */
class DocumentedHostsTest {
  @TestFactory
  Stream<DynamicTest> every_documented_recipe_does_what_it_says(@TempDir Path folder)
      throws IOException {
    var recipes = new ArrayList<String>();
    recipes.addAll(DocumentedRecipes.of(SshBinding.class, "README.md"));
    recipes.addAll(DocumentedRecipes.of(SshBinding.class, "ssh.d.ts"));
    assertThat(recipes).hasSizeGreaterThan(5);
    return DocumentedRecipes.tests(recipes, recipe -> run(recipe, folder));
  }

  private static void run(String text, Path folder) throws Exception {
    var own = Files.createTempDirectory(folder, "documented");
    try (var sshd = Sshd.start(own.resolve("sshd"))) {
      var user = new SshHome(own.resolve("home")).alias("web1", sshd).alias("web2", sshd);
      // Where the page says /tmp, it is a folder of this test, which is removed with it.
      var scratch = Files.createDirectories(own.resolve("tmp")).toString();
      var recipe = Files.writeString(own.resolve("recipe.js"), text.replace("/tmp", scratch));
      var hearth = Hearth.builder().home(own.resolve("hearth")).environment(user::get).build();
      var request =
          RunRequest.of(recipe)
              .allow("ssh:write")
              .allow("read=" + own)
              .allow("write=" + own)
              .allow("listen=127.0.0.1:0");
      var result = hearth.run(request, event -> {});
      assertThat(result.error()).as(text).isNull();
    }
  }
}
