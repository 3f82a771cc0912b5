package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.WaitsFor;
import dev.hearth.stdlib.docker.lab.DockerLab;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe that updates containers, on a real engine with a real registry. */
@WaitsFor("docker")
class UpdateContainersTest {
  private static final Path RECIPE =
      Path.of(System.getProperty("basedir", "."), "..", "recipes", "docker", "update-containers.js")
          .toAbsolutePath()
          .normalize();

  private final DockerLab engine = DockerLab.engine("26");
  private UserHome user;
  private PlainRegistry registry;
  private DockerLab.Port port;

  @BeforeEach
  void world(@TempDir Path home, @TempDir Path folder) {
    user = new UserHome(home, "docker").variable("DOCKER_HOST", engine.host());
    registry = PlainRegistry.start(folder);
    port = registry.in(engine);
    publish("1", "sleep 1000");
    var _ =
        user.value(
            """
            const it = docker();
            await it.images.pull('%1$s');
            await it.networks.create({ name: 'update-net' });
            await it.request('POST', '/containers/create', { params: { name: 'update-me' }, body: {
              Image: '%1$s', Env: ['OWN=1'], Labels: { mine: 'yes' }, Volumes: { '/data': {} },
              HostConfig: { NetworkMode: 'update-net', Memory: 33554432 },
              NetworkingConfig: { EndpointsConfig: { 'update-net': { Aliases: ['db'] } } } } });
            await it.container('update-me').start();
            """
                .formatted(image()));
  }

  @AfterEach
  void clean() {
    var _ =
        user.value(
            """
            const it = docker();
            for (const name of ['update-me', 'update-me-before-update']) {
              if (await it.containers.find(name)) await it.container(name).remove({ force: true });
            }
            await it.network('update-net').remove();
            await it.image('%s').remove({ force: true });
            """
                .formatted(image()));
    port.close();
    registry.close();
  }

  private String image() {
    return registry.host() + "/app:1";
  }

  /** Puts a build into the registry, which the engine then does not have under that name. */
  private void publish(String build, String command) {
    var _ =
        user.value(
            """
            const { images, image } = docker();
            const old = await images.find('%1$s');
            const lines = ['FROM lab/bb:1', 'STOPSIGNAL SIGKILL', 'ENV BUILD=%2$s', 'RUN echo %2$s > /build', 'CMD %3$s'];
            await images.build({ dockerfileInline: lines.join('\\n'), tags: ['%1$s'] });
            await image('%1$s').push();
            await image('%1$s').remove({ force: true });
            if (old) await image(old.Id).tag('%1$s');
            """
                .formatted(image(), build, command));
  }

  private RunResult update() throws InterruptedException {
    var hearth =
        Hearth.builder().home(user.path().resolve("hearth")).environment(user::get).build();
    return hearth.run(
        RunRequest.of(RECIPE)
            .allow("docker:write")
            .param("names", Engine.MAPPER.createArrayNode().add("update-me")),
        event -> {});
  }

  private String state() {
    return user.value(
        """
        const it = docker();
        const { Config, HostConfig, Mounts, State, NetworkSettings } = await it.containers.get('update-me');
        const env = Config.Env.filter((e) => /^(OWN|BUILD)=/.test(e)).sort();
        return [State.Running, env, Config.Labels.mine, HostConfig.Memory, Mounts[0].Name.length,
          NetworkSettings.Networks['update-net'].Aliases.includes('db'),
          await it.containers.find('update-me-before-update')];
        """);
  }

  @Test
  void a_container_is_made_again_of_the_newer_image_as_it_was_and_the_second_run_changes_nothing()
      throws Exception {
    publish("2", "sleep 2000");
    var volume = user.value("return (await docker().containers.get('update-me')).Mounts[0].Name;");

    var first = update();
    assertThat(first.error()).isNull();
    assertThat(String.valueOf(first.value()))
        .isEqualTo("{\"updated\":[\"update-me\"],\"outdated\":[]}");
    assertThat(state()).isEqualTo("[true,[\"BUILD=2\",\"OWN=1\"],\"yes\",33554432,64,true,null]");
    assertThat(user.value("return (await docker().containers.get('update-me')).Mounts[0].Name;"))
        .isEqualTo(volume);
    assertThat(String.valueOf(update().value())).isEqualTo("{\"updated\":[],\"outdated\":[]}");
  }

  @Test
  void where_the_newer_image_does_not_run_the_old_container_runs_again() throws Exception {
    publish("3", "exit 7");
    var failed = update();
    assertThat(Objects.requireNonNull(failed.error()).message())
        .contains("The new update-me is exited (exit code 7).");
    assertThat(state()).isEqualTo("[true,[\"BUILD=1\",\"OWN=1\"],\"yes\",33554432,64,true,null]");
  }
}
