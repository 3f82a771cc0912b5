package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.WaitsFor;
import dev.hearth.stdlib.docker.lab.DockerLab;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that need a session, by Debian 13's buildx plug-in and a real engine. */
@WaitsFor("docker")
class BuildxTest {
  private static final String SECRET = "s3cret-of-the-build";

  private final DockerLab engine = DockerLab.engine("26");
  private UserHome user;
  private Path home;

  @BeforeEach
  void user(@TempDir Path folder) {
    home = folder;
    user =
        new UserHome(folder, "docker")
            .variable("DOCKER_HOST", engine.host())
            .variable("PATH", DockerLab.program("docker").getParent() + ":/usr/bin:/bin")
            .write(
                ".docker/config.json",
                "{\"cliPluginsExtraDirs\": [\"%s\"]}".formatted(DockerLab.plugins()));
  }

  private String[] grants(String... more) {
    return Stream.concat(Stream.of("docker:write", "read=" + home, "exec=docker"), Stream.of(more))
        .toArray(String[]::new);
  }

  private void dockerfile(String text) {
    user.write("app/Dockerfile", text);
  }

  private String build(String options) {
    return """
        const build = docker().images.build({ context: '%s/app', tags: ['hearth-buildx/app:1'], %s });
        const lines = [];
        const states = new Set();
        for await (const { kind, state, text } of build) {
          if (kind === 'log') lines.push(text);
          if (kind === 'step') states.add(state);
        }
        const { id, tags } = await build;
        const { Id, Config } = await docker().images.get('hearth-buildx/app:1');
        const history = JSON.stringify(await docker().image(id).history());
        await docker().image('hearth-buildx/app:1').remove();
        return { lines, done: states.has('done'), same: id === Id, tags, env: Config.Env, history };
        """
        .formatted(home, options);
  }

  @Test
  void a_secret_reaches_the_step_that_asks_for_it_and_no_layer() {
    dockerfile(
        "FROM lab/bb:1\nARG WHO\nRUN --mount=type=secret,id=token test \"$(cat /run/secrets/token)\" = "
            + "\"$(printf s3cret-; echo of-the-build)\" && echo right $WHO && ls /run/secrets | wc -l\n"
            + "RUN ls /run/secrets 2>/dev/null | wc -l\n");
    var told =
        user.value(
            build("noCache: true, buildArgs: { WHO: 'you' }, secrets: { token: '" + SECRET + "' }"),
            grants());
    assertThat(told)
        .contains("\"right you\"", "\"1\"", "\"0\"", "\"done\":true", "\"same\":true")
        .contains("\"tags\":[\"hearth-buildx/app:1\"]")
        .doesNotContain(SECRET);
  }

  @Test
  void a_cache_is_written_into_the_image() {
    dockerfile("FROM lab/bb:1\nRUN echo cached > /file\n");
    assertThat(user.value(build("cacheTo: ['type=inline']"), grants())).contains("\"same\":true");
  }

  @Test
  void a_dockerfile_in_the_recipe_takes_no_files_along() {
    assertThat(
            user.value(
                """
                const { images, image } = docker();
                const text = 'FROM lab/bb:1\\nRUN --mount=type=secret,id=a cat /run/secrets/a > /dev/null; ls / > /seen\\n';
                await images.build({ dockerfileInline: text, tags: ['hearth-buildx/inline:1'], secrets: { a: 'x' } });
                await image('hearth-buildx/inline:1').remove();
                return 'built';
                """,
                grants()))
        .isEqualTo("\"built\"");
  }

  @Test
  void a_step_that_fails_says_which_and_what_it_wrote() {
    dockerfile(
        "FROM lab/bb:1\nRUN --mount=type=secret,id=token echo it broke; cat /run/secrets/token; exit 3\n");
    var failure =
        user.value(
            """
            try {
              await docker().images.build({ context: '%s/app', tags: ['hearth-buildx/app:2'], secrets: { token: '%s' } });
            } catch (error) {
              return [error.code, error.message, error.details.log, error.details.step];
            }
            """
                .formatted(home, SECRET),
            grants());
    assertThat(failure).startsWith("[\"docker.build-failed\"").contains("exit code: 3", "it broke");
  }

  @Test
  void who_may_not_run_docker_hears_so() {
    dockerfile("FROM lab/bb:1\n");
    assertThat(user.failure(build("secrets: { token: 'x' }"), "docker:write", "read=" + home))
        .startsWith("permission.denied: ")
        .contains("docker");
  }

  @Test
  void without_the_plug_in_the_error_says_what_to_install() {
    dockerfile("FROM lab/bb:1\n");
    user.write(".docker/config.json", "{}");
    assertThat(user.failure(build("ssh: ['default']"), grants()))
        .isEqualTo(
            """
            docker.buildx-missing: Build secrets, SSH and caches need Docker's buildx plug-in of version 0.13 or newer:\
             `docker buildx version` does not know it.
            Install `docker-buildx-plugin` (Debian: `docker-buildx`) where the recipe runs, or build without `secrets`,\
             `ssh`, `cacheFrom` and `cacheTo`.""");
  }

  @Test
  void an_id_that_would_add_options_is_refused() {
    dockerfile("FROM lab/bb:1\n");
    assertThat(user.failure(build("secrets: { 'a,src=/etc/shadow': 'x' }"), grants()))
        .startsWith("docker.build-option: ");
  }
}
