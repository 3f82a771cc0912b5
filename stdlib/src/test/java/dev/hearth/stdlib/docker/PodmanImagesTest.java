package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of a real Podman. */
class PodmanImagesTest extends ImagesContract {
  PodmanImagesTest() {
    super("podman");
  }

  @Override
  boolean tellsDigest() {
    return false;
  }

  @Override
  String missing(String image) {
    return "docker.pull-failed: Image `%s` could not be pulled: ".formatted(image);
  }

  /** Podman checks a login by TLS alone, whatever its registries.conf says of the registry. */
  @Override
  @Test
  void a_registry_that_wants_a_login_gets_that_of_the_run(@TempDir Path folder) {
    try (var registry = PlainRegistry.start(folder, "ann", "pa:ss");
        var _ = registry.in(engine)) {
      assertThat(
              user.failure(
                  "await docker().login({ registry: '%s', username: 'ann', password: 'pa:ss' });"
                      .formatted(registry.host())))
          .startsWith("docker.login-refused: ")
          .contains("server gave HTTP response to HTTPS client")
          .doesNotContain("pa:ss");
    }
  }
}
