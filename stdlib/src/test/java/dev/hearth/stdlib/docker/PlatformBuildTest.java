package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.WaitsFor;
import dev.hearth.stdlib.docker.lab.DockerLab;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images for several platforms, in Debian's registry. */
@WaitsFor("docker")
class PlatformBuildTest {
  private UserHome user;
  private Path folder;

  @BeforeEach
  void home(@TempDir Path own) {
    folder = own;
    user = new UserHome(own, "docker").write("app/file", "content\n");
  }

  private void dockerfile(String text) {
    user.write("app/Dockerfile", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"20", "26"})
  void an_image_for_two_platforms_is_one_in_the_registry_and_each_engine_pulls_its_own(
      String name) {
    var engine = DockerLab.engine(name);
    user.variable("DOCKER_HOST", engine.host());
    dockerfile("FROM scratch\nARG TARGETARCH\nLABEL arch=$TARGETARCH\nCOPY file /\n");
    try (var registry = PlainRegistry.start(folder);
        var _ = registry.in(engine)) {
      assertThat(
              user.value(
                  """
                  const registry = docker().registry('http://%1$s');
                  const build = docker().images.build({
                    context: '%2$s/app', tags: ['%1$s/team/app:1', '%1$s/team/app:latest'],
                    platforms: ['linux/amd64', 'linux/arm64'], push: registry,
                  });
                  const steps = [];
                  for await (const { step } of build) steps.push(step);
                  const { id, platforms } = await build;
                  const index = await registry.image('team/app:1').inspect();
                  const arm = await registry.image('team/app:latest').inspect({ platform: 'linux/arm64' });
                  const pulled = await docker().images.pull('%1$s/team/app:1', { platform: 'linux/arm64' });
                  await docker().image('%1$s/team/app:1').remove();
                  return [id === index.digest, platforms, index.platforms, arm.config.architecture, arm.config.config.Labels.arch,
                    pulled.Architecture, steps.some((step) => step?.startsWith('linux/arm64 ')),
                    (await docker().images.list({ filters: { reference: ['%1$s/team/*'] } })).length];
                  """
                      .formatted(registry.host(), folder),
                  "docker:write",
                  "read=" + folder,
                  "net=" + registry.host()))
          .isEqualTo(
              "[true,[\"linux/amd64\",\"linux/arm64\"],[\"linux/amd64\",\"linux/arm64\"],\"arm64\",\"arm64\",\"arm64\",true,0]");
    }
  }

  @Test
  void what_cannot_be_is_refused_before_anything_is_built() {
    user.variable("DOCKER_HOST", DockerLab.engine("26").host());
    dockerfile("FROM scratch\nCOPY file /\n");
    var build = "await docker().images.build({ context: '%s/app', %s });";
    var grants = new String[] {"docker:write", "read=" + folder};

    assertThat(user.failure(build.formatted(folder, "platforms: ['linux/arm64']"), grants))
        .startsWith("docker.build-option: `platforms` and `push` of a build go together.");
    assertThat(
            user.failure(build.formatted(folder, "platforms: ['linux/arm64'], push: true"), grants))
        .startsWith("docker.build-option: The option `tags`");
    assertThat(
            user.failure(
                build.formatted(folder, "tags: ['x.lan/a:1'], platforms: ['arm64'], push: true"),
                grants))
        .startsWith("docker.registry-platform-malformed: `arm64` is not a platform.");
  }
}
