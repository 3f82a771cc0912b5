package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.HearthException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of images, by the cases of Docker's own reference parser. */
class ImageReferenceTest {
  private static final String DIGEST =
      "sha256:ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

  @ParameterizedTest
  @CsvSource({
    "nginx,                        docker.io/library/nginx,       latest, nginx:latest",
    "nginx:1.27,                   docker.io/library/nginx,       1.27,   nginx:1.27",
    "docker.io/nginx,              docker.io/library/nginx,       latest, nginx:latest",
    "index.docker.io/library/nginx, docker.io/library/nginx,      latest, nginx:latest",
    "team/app,                     docker.io/team/app,            latest, team/app:latest",
    "localhost/app:2,              localhost/app,                 2,      localhost/app:2",
    "nas.lan/a/b/c:x,              nas.lan/a/b/c,                 x,      nas.lan/a/b/c:x",
    "nas:5000/app,                 nas:5000/app,                  latest, nas:5000/app:latest",
    "127.0.0.1:5000/app:1,         127.0.0.1:5000/app,            1,      127.0.0.1:5000/app:1",
    "[fd00::1]:5000/app,           [fd00::1]:5000/app,            latest, [fd00::1]:5000/app:latest",
    "FOO/bar,                      FOO/bar,                       latest, FOO/bar:latest",
    "a__b/c--d.e_f,                docker.io/a__b/c--d.e_f,       latest, a__b/c--d.e_f:latest",
  })
  void are_read_as_docker_reads_them(String text, String repository, String tag, String shown) {
    var image = ImageReference.parse(text);
    assertThat(image.repository()).isEqualTo(repository);
    assertThat(image.version()).isEqualTo(tag);
    assertThat(image).hasToString(shown);
  }

  @Test
  void a_digest_takes_the_place_of_the_default_tag_and_stays_beside_a_written_one() {
    assertThat(ImageReference.parse("nginx@" + DIGEST))
        .isEqualTo(new ImageReference("docker.io", "library/nginx", null, DIGEST));
    assertThat(ImageReference.parse("nas:5/app:1@" + DIGEST))
        .hasToString("nas:5/app:1@" + DIGEST)
        .extracting(ImageReference::version)
        .isEqualTo(DIGEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":1",
        "@" + DIGEST,
        "Nginx",
        "team/App",
        "a//b",
        "/a",
        "a/",
        "-a",
        "a_",
        "a..b",
        "nginx:",
        "nginx:-1",
        "nginx:a b",
        "nginx@sha256:ff",
        "nginx@nonsense",
        "nas.lan:port/app",
        "evil.lan@nas.lan/app",
        "https://nas.lan/app",
        "nginx\n",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
      })
  void what_is_no_name_is_refused(String text) {
    assertThatThrownBy(() -> ImageReference.parse(text))
        .isInstanceOf(HearthException.class)
        .extracting(e -> ((HearthException) e).id())
        .isEqualTo("docker.image-malformed");
  }

  @Test
  void a_name_that_is_given_has_no_digest() {
    assertThat(ImageReference.parseNew("team/app").repository()).isEqualTo("docker.io/team/app");
    assertThatThrownBy(() -> ImageReference.parseNew("nginx:1@" + DIGEST))
        .isInstanceOfSatisfying(
            HearthException.class,
            e ->
                assertThat(e.sentence() + " " + e.hint())
                    .isEqualTo(
                        "`nginx:1@"
                            + DIGEST
                            + "` is not the name of an image: it has a digest, which nobody can"
                            + " give. Write it like `nginx:1.27` or"
                            + " `registry.lan:5000/team/app:2`."));
  }
}
