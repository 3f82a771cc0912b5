package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.TakeUpRequest;
import dev.hearth.stdlib.DocumentedRecipes;
import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.WaitsFor;
import dev.hearth.stdlib.docker.lab.DockerLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The recipes that ship with Hearth and those of the module's page, on a real engine. */
@WaitsFor("docker")
class DockerRecipesTest {
  private static final Path RECIPES =
      Path.of(System.getProperty("basedir", "."), "..", "recipes", "docker").normalize();

  private UserHome user;

  @BeforeEach
  void home(@TempDir Path folder) {
    user = new UserHome(folder, "docker");
    user.variable("DOCKER_HOST", DockerLab.engine("26").host());
  }

  /** Runs a recipe with parameters as pairs of a name and a JSON value. */
  private RunResult run(Path recipe, String... parameters) throws Exception {
    var request = RunRequest.of(recipe.toAbsolutePath()).allow("docker:write");
    for (int i = 0; i < parameters.length; i += 2) {
      request = request.param(parameters[i], Engine.MAPPER.readTree(parameters[i + 1]));
    }
    var hearth =
        Hearth.builder().home(user.path().resolve("hearth")).environment(user::get).build();
    return hearth.run(request, event -> {});
  }

  private RunResult whoami(String command, String... more) throws Exception {
    var all =
        Stream.concat(
            Stream.of("name", "\"recipe-who\"", "image", "\"lab/bb:1\"", "command", command),
            Stream.of(more));
    return run(RECIPES.resolve("whoami.js"), all.toArray(String[]::new));
  }

  @Test
  void whoami_answers_and_a_second_time_changes_nothing() throws Exception {
    var program = "[\"httpd\",\"-f\",\"-h\",\"/www\"]";
    try {
      var first = whoami(program);
      assertThat(first.error()).isNull();
      assertThat(String.valueOf(first.value())).contains("\"changed\":true");
      try (var port = DockerLab.engine("26").forward(8080)) {
        assertThat(DockerLab.engine("26").within("curl", "-s", "http://127.0.0.1:8080/"))
            .isEqualTo("hearth\n");
        assertThat(port.number()).isPositive();
      }
      assertThat(String.valueOf(whoami(program).value())).contains("\"changed\":false");
      assertThat(String.valueOf(whoami(program, "memory", "32").value()))
          .contains("\"changed\":true");
    } finally {
      var _ = user.value("await docker().container('recipe-who').remove({ force: true });");
    }
  }

  @Test
  void whoami_that_does_not_stay_up_says_why_and_leaves_nothing() throws Exception {
    var failed = whoami("[\"sh\",\"-c\",\"echo no such disk >&2; exit 3\"]");
    assertThat(Objects.requireNonNull(failed.error()).message())
        .contains("does not stay up")
        .contains("no such disk");
    assertThat(user.value("return await docker().containers.find('recipe-who');"))
        .isEqualTo("null");
  }

  @Test
  void prune_tells_first_and_removes_only_what_ended_and_is_not_kept() throws Exception {
    try (var engine = DockerLab.start("26")) {
      user.variable("DOCKER_HOST", engine.host());
      var _ =
          user.value(
              """
              const make = (name, labels, command) => docker().containers.run({ name, image: 'lab/bb:1', labels, command });
              for (const box of [await make('ended', {}, 'true'), await make('kept', { keep: '' }, 'true')]) await box.wait();
              await make('runs', {}, 'sleep 1000');
              """);
      var look = run(RECIPES.resolve("prune.js"), "olderThan", "\"0m\"");
      assertThat(look.error()).isNull();
      assertThat(String.valueOf(look.value())).contains("\"containers\":[\"ended\"]");
      var young = run(RECIPES.resolve("prune.js"), "remove", "true");
      assertThat(young.error()).isNull();
      var names =
          "return (await docker().containers.list({ all: true })).map(({ Names }) => Names[0]).sort();";
      assertThat(user.value(names)).isEqualTo("[\"/ended\",\"/kept\",\"/runs\"]");
      var gone =
          run(
              RECIPES.resolve("prune.js"),
              "remove",
              "true",
              "olderThan",
              "\"0m\"",
              "volumes",
              "true");
      assertThat(gone.error()).isNull();
      assertThat(user.value(names)).isEqualTo("[\"/kept\",\"/runs\"]");
    }
  }

  /** On an engine of their own, since they leave what they make. */
  @TestFactory
  Stream<DynamicTest> every_recipe_of_the_page_does_what_it_says() throws IOException {
    var recipes = DocumentedRecipes.of(DockerBinding.class, "README.md");
    assertThat(recipes).hasSizeGreaterThan(5);
    var engine = DockerLab.start("26");
    user.variable("DOCKER_HOST", engine.host());
    return DocumentedRecipes.tests(recipes, this::document).onClose(engine::close);
  }

  /** The others of the types need a registry or a host, and run in the tests of those. */
  @Test
  void every_recipe_of_the_types_runs_somewhere() throws Exception {
    var recipes = DocumentedRecipes.of(DockerBinding.class, "docker.d.ts");
    assertThat(recipes).hasSize(4);
    document(recipes.getFirst());
    assertThat(recipes.subList(1, 4))
        .allMatch(
            code ->
                Stream.of("copyTo(", "registryServer(", "installDocker(").anyMatch(code::contains));
  }

  private void document(String code) throws Exception {
    var recipe = user.path().resolve("documented.js");
    Files.writeString(recipe, code);
    assertThat(run(recipe).error()).as(code).isNull();
  }

  @Test
  void a_container_is_a_handle_again_after_a_resume() throws Exception {
    var recipe = user.path().resolve("later.js");
    Files.writeString(
        recipe,
        """
        import { docker } from 'hearth:docker';
        export const recipe = { summary: 'Stops half-way', permissions: { docker: 'write' } };
        export default async ({ step }) => {
          const box = await step('make', () => docker().containers.run({ name: 'resumed', image: 'lab/bb:1', command: 'sleep 1000' }));
          await step('wait', () => import('./later.json', { with: { type: 'json' } }));
          const { stdout } = await box.exec(['echo', box.name]);
          await box.remove({ force: true });
          return stdout;
        };
        """);
    var hearth =
        Hearth.builder().home(user.path().resolve("hearth")).environment(user::get).build();
    var first = hearth.run(RunRequest.of(recipe).allow("docker:write"), event -> {});
    assertThat(first.status()).isEqualTo(RunResult.Status.STOPPED);
    user.write("later.json", "{}");
    var second = hearth.takeUp(TakeUpRequest.resume(first.run()), event -> {}).await();
    assertThat(second.error()).isNull();
    assertThat(second.value()).hasToString("\"resumed\\n\"");
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES) // an engine starts some six containers a second
  void sixty_containers_are_made_started_and_removed_by_one_recipe() {
    var told =
        user.value(
            """
            const engine = docker();
            const names = Array.from({ length: 60 }, (_, i) => `load-${i}`);
            const all = await Promise.all(names.map((name) => engine.containers.create({ name, image: 'lab/bb:1', command: ['true'], network_mode: 'none' })));
            await Promise.all(all.map((box) => box.start()));
            const codes = await Promise.all(all.map((box) => box.wait()));
            await Promise.all(all.map((box) => box.remove({ force: true })));
            const left = (await engine.containers.list({ all: true, filters: { name: ['load-'] } })).length;
            return [codes.filter((code) => code === 0).length, left];
            """);
    assertThat(told).isEqualTo("[60,0]");
  }
}
