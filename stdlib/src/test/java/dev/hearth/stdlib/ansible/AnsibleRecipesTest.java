package dev.hearth.stdlib.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.stdlib.DocumentedRecipes;
import dev.hearth.stdlib.UserHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The recipe that ships with Hearth and those of the module's page, in a folder of playbooks. */
class AnsibleRecipesTest {
  private static final Path SITE =
      Path.of(System.getProperty("basedir", "."), "..", "recipes", "ansible", "site.js");

  private UserHome user;

  @BeforeEach
  void home(@TempDir Path folder) {
    user = AnsibleHome.in(folder).variable("HEARTH_ANSIBLE_DIR", folder.toString());
    user.write(
        "ansible.cfg",
        "[defaults]\ninventory = hosts.ini\ninterpreter_python = /usr/bin/python3\n");
    user.write("requirements.yml", "roles: []\n");
    user.write("requirements.lock.json", "{\"format\": 1, \"wanted\": [], \"installed\": []}\n");
    user.write("hosts.ini", "here ansible_connection=local\n");
    user.write(
        "site.yml",
        """
        - hosts: all
          gather_facts: false
          tasks:
            - name: writes
              ansible.builtin.copy: { content: "hello\\n", dest: "{{ playbook_dir }}/out" }
        """);
  }

  private RunResult run(Path recipe, String... parameters) throws Exception {
    var request =
        RunRequest.of(recipe.toAbsolutePath().normalize())
            .allow("ansible:write")
            .allow("read=" + user.path())
            .allow("write=" + user.path());
    for (int i = 0; i < parameters.length; i += 2) {
      request =
          request.param(parameters[i], JsonMapper.builder().build().readTree(parameters[i + 1]));
    }
    var hearth =
        Hearth.builder().home(user.path().resolve("hearth")).environment(user::get).build();
    return hearth.run(request, event -> {});
  }

  @Test
  void site_looks_first_then_runs_and_a_second_time_changes_nothing() throws Exception {
    var preview = run(SITE, "preview", "true");
    assertThat(preview.error()).isNull();
    assertThat(user.path().resolve("out")).doesNotExist();
    assertThat(String.valueOf(run(SITE).value())).contains("\"changed\":true");
    assertThat(user.path().resolve("out")).hasContent("hello\n");
    assertThat(String.valueOf(run(SITE).value())).contains("\"changed\":false");
  }

  @TestFactory
  Stream<DynamicTest> every_recipe_of_the_page_does_what_it_says() throws IOException {
    var recipes = DocumentedRecipes.of(AnsibleBinding.class, "README.md");
    assertThat(recipes).hasSize(8);
    return DocumentedRecipes.tests(recipes, this::document);
  }

  @Test
  void the_recipe_of_the_types_tells_the_version() throws Exception {
    var code = DocumentedRecipes.of(AnsibleBinding.class, "ansible.d.ts").getFirst();
    var here = Path.of("").toAbsolutePath();
    var result = user.runWhole(code, "ansible:read", "read=" + user.path(), "read=" + here);
    assertThat(result.error()).isNull();
  }

  private void document(String code) throws Exception {
    var recipe = user.path().resolve("documented.js");
    Files.writeString(recipe, code);
    assertThat(run(recipe).error()).as(code).isNull();
  }
}
