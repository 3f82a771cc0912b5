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
import org.junit.jupiter.params.provider.CsvSource;

/** Images from one engine to another, of another age. */
@WaitsFor("docker")
class ImageCopyTest {
  private UserHome user;

  @BeforeEach
  void home(@TempDir Path folder) {
    user = new UserHome(folder, "docker");
  }

  /** With two engines as the contexts {@code here} and {@code there}. */
  private void engines(String from, String to) {
    context("here", DockerLab.engine(from));
    context("there", DockerLab.engine(to));
  }

  private void context(String name, DockerLab engine) {
    var id = Manifest.digest(name.getBytes(java.nio.charset.StandardCharsets.UTF_8), "sha256:");
    user.write(
        ".docker/contexts/meta/" + id.substring("sha256:".length()) + "/meta.json",
        "{\"Name\":\"%s\",\"Endpoints\":{\"docker\":{\"Host\":\"%s\"}}}"
            .formatted(name, engine.host()));
  }

  @ParameterizedTest
  @CsvSource({"20,26", "26,20", "26,podman"})
  void an_image_is_the_same_at_the_other_engine_and_the_second_time_is_not_sent(
      String from, String to) {
    engines(from, to);
    assertThat(
            user.value(
                """
                const [here, there] = [docker('here'), docker('there')];
                const dockerfileInline = 'FROM lab/bb:1\\nRUN head -c 20000000 /dev/urandom > /noise\\nENV COPIED=yes';
                await here.images.build({ dockerfileInline, builder: 'classic', tags: ['hearth-copy/app:1'] });
                try {
                  const first = await here.image('hearth-copy/app:1').copyTo(there);
                  const second = await here.images.copyTo(['hearth-copy/app:1'], there);
                  const [a, b] = [await here.images.get('hearth-copy/app:1'), await there.images.get('hearth-copy/app:1')];
                  return [first.images.map((name) => name.replace('docker.io/', '')), first.changed, first.sizeBytes > 20000000,
                    second.changed, second.sizeBytes, a.Id === b.Id, b.Config.Env.includes('COPIED=yes')];
                } finally {
                  await here.image('hearth-copy/app:1').remove();
                  await there.image('hearth-copy/app:1').remove().catch(() => {});
                }
                """,
                "docker:write"))
        .isEqualTo("[[\"hearth-copy/app:1\"],true,true,false,0,true,true]");
  }

  @Test
  void who_may_only_read_the_other_engine_sends_nothing() {
    engines("20", "26");
    assertThat(
            user.failure(
                "await docker('here').image('lab/bb:1').copyTo(docker('there'));",
                "docker=here:read",
                "docker=there:read"))
        .startsWith("permission.denied: ");
  }

  @Test
  void what_is_no_engine_and_what_is_no_image_is_said() {
    engines("20", "26");
    assertThat(user.failure("await docker('here').image('lab/bb:1').copyTo('there');"))
        .contains("`copyTo` takes an engine");
    assertThat(user.failure("await docker('here').image('lab/none:1').copyTo(docker('there'));"))
        .startsWith("docker.image-not-found: ");
  }
}
