package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.WaitsFor;
import dev.hearth.stdlib.docker.lab.DockerLab;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What recipes do with the images of an engine. */
@WaitsFor("docker")
abstract class ImagesContract {
  private final String kind;
  final DockerLab engine;
  UserHome user;
  Path folder;

  ImagesContract(String kind) {
    this.kind = kind;
    this.engine = DockerLab.engine(kind);
  }

  @BeforeEach
  void user(@TempDir Path home) {
    folder = home;
    user = new UserHome(home, "docker").variable("DOCKER_HOST", engine.host());
  }

  /** Whether it says what a push made in the registry. */
  boolean tellsDigest() {
    return true;
  }

  /** What a pull fails with where the registry has no such image. */
  String missing(String image) {
    return "docker.image-not-in-registry: The registry has no image `%s`, or does not show it to you."
        .formatted(image);
  }

  /** A name that no other test uses. */
  String name(String what) {
    return "hearth-images-" + kind + "/" + what;
  }

  @Test
  void an_image_is_found_by_its_name_and_has_a_history() {
    assertThat(
            user.value(
                """
                const { images, image } = docker();
                const found = await images.get('lab/bb:1');
                const [first] = await image('lab/bb:1').history();
                const listed = await images.list({ filters: { reference: ['lab/bb:1'] } });
                return [found.Id === listed[0].Id, found.Config.Cmd, typeof first.Size,
                  await images.find('lab/none:1')];
                """,
                "docker:read"))
        .isEqualTo("[true,[\"/bin/sh\"],\"number\",null]");
  }

  @Test
  void an_image_that_is_not_there_is_named() {
    assertThat(user.failure("await docker().image('lab/none:1').inspect();"))
        .isEqualTo(
            """
            docker.image-not-found: The engine has no image `lab/none:1`.
            Get it with `docker().images.pull(…)`; those that are there lists `docker().images.list()`.""");
  }

  @Test
  void another_name_leads_to_the_same_image_and_is_removed_alone() {
    assertThat(
            user.value(
                """
                const { images, image } = docker();
                const other = await image('lab/bb:1').tag('%s:2');
                const [one, two] = await Promise.all([other.inspect(), images.get('lab/bb:1')]);
                const gone = await other.remove();
                return [other.name, one.Id === two.Id, gone.length, await images.find(other.name)];
                """
                    .formatted(name("tagged"))))
        .isEqualTo("[\"%s:2\",true,1,null]".formatted(name("tagged")));
  }

  @Test
  void reading_rights_do_not_change_images() {
    assertThat(user.failure("await docker().image('lab/bb:1').tag('lab/x:1');", "docker:read"))
        .startsWith("permission.denied: ");
    assertThat(user.failure("await docker().images.pull('lab/x:1');", "docker:read"))
        .startsWith("permission.denied: ");
  }

  @Test
  void an_image_is_pushed_to_a_registry_and_pulled_from_it(@TempDir Path folder) {
    try (var registry = PlainRegistry.start(folder);
        var _ = registry.in(engine)) {
      assertThat(
              user.value(
                  """
                  const { images, image } = docker();
                  const copy = image('%s/app:1');
                  const dockerfileInline = 'FROM lab/bb:1\\nRUN head -c 2000000 /dev/urandom > /noise';
                  await images.build({ dockerfileInline, builder: 'classic', tags: [copy.name] });
                  const pushed = await copy.push();
                  await copy.remove();
                  const steps = [];
                  const pull = images.pull(copy.name);
                  for await (const step of pull) steps.push(step);
                  const pulled = await pull;
                  await copy.remove();
                  const [a, b] = await Promise.all([images.pull(copy.name), images.pull(copy.name)]);
                  await copy.remove();
                  return [pushed.image === copy.name, pushed.digest?.slice(0, 7) ?? null,
                    pulled.RepoDigests[0].endsWith(pushed.digest ?? ''), steps.at(-1).layers.some((l) => l.status === 'Pull complete' || l.status === 'Download complete'),
                    a.Id === b.Id && a.Id === pulled.Id];
                  """
                      .formatted(registry.host())))
          .isEqualTo("[true,%s,true,true,true]".formatted(tellsDigest() ? "\"sha256:\"" : "null"));
    }
  }

  @Test
  void an_image_that_the_registry_does_not_have_is_named(@TempDir Path folder) {
    try (var registry = PlainRegistry.start(folder);
        var _ = registry.in(engine)) {
      var image = registry.host() + "/none:1";
      assertThat(user.failure("await docker().images.pull('%s');".formatted(image)))
          .startsWith(missing(image));
    }
  }

  @Test
  void a_registry_that_wants_a_login_gets_that_of_the_run(@TempDir Path folder) {
    try (var registry = PlainRegistry.start(folder, "ann", "pa:ss")) {
      try (var _ = registry.in(engine)) {
        assertThat(
                user.value(
                    """
                    const { login, image } = docker();
                    const copy = await image('lab/bb:1').tag('%1$s/app:1');
                    const refused = await copy.push().catch((e) => e.code);
                    const wrong = await login({ registry: '%1$s', username: 'ann', password: 'x' })
                      .catch((e) => e.code);
                    const who = await login({ registry: '%1$s', username: 'ann', password: 'pa:ss' });
                    const pushed = await copy.push();
                    await copy.remove();
                    return [refused, wrong, who.username, pushed.image === copy.name];
                    """
                        .formatted(registry.host())))
            .isEqualTo("[\"docker.push-failed\",\"docker.login-refused\",\"ann\",true]");
      }
    }
  }
}
