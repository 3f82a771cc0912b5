package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunRequest;
import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.docker.lab.DockerLab;
import dev.hearth.stdlib.docker.lab.LabRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A registry of one's own in a container, of an image that was made of Debian's docker-registry.
 */
class RegistryServerTest {
  private static final List<String> LIBRARIES =
      List.of("/lib/x86_64-linux-gnu/libc.so.6", "/lib64/ld-linux-x86-64.so.2");

  private UserHome user;
  private Path folder;
  private DockerLab lab = DockerLab.engine("26");
  private String tls;
  private String ca;

  @BeforeEach
  void home(@TempDir Path own) throws IOException {
    folder = own;
    user = new UserHome(own.resolve("home"), "docker");
    try (var certificates = LabRegistry.start()) {
      var pem = certificates.ca().resolveSibling("server.pem");
      tls =
          "{ certificate: `%s`, key: `%s` }"
              .formatted(
                  Files.readString(pem), Files.readString(pem.resolveSibling("server-key.pem")));
      ca = Files.readString(certificates.ca());
    }
  }

  private void engine(String name) throws IOException {
    lab = DockerLab.engine(name);
    user.variable("DOCKER_HOST", lab.host());
    var image = Files.createDirectories(folder.resolve("image"));
    Files.copy(DockerLab.program("docker-registry"), image.resolve("registry"));
    var dockerfile = new StringBuilder("FROM scratch\nCOPY registry /registry\n");
    for (var library : LIBRARIES) {
      var file = Path.of(library).getFileName().toString();
      Files.copy(Path.of(library), image.resolve(file));
      dockerfile.append("COPY " + file + " " + library + "\n");
    }
    dockerfile.append("ENTRYPOINT [\"/registry\"]\n");
    Files.writeString(image.resolve("Dockerfile"), dockerfile);
    lab.docker("build", "-q", "-t", "lab/registry:2", image.toString());
  }

  @AfterEach
  void remove() {
    lab.docker("rm", "-f", "-v", "depot");
    lab.docker("volume", "rm", "-f", "depot");
  }

  private String value(String body, String... more) {
    var grants = new ArrayList<>(List.of("docker:write"));
    grants.addAll(List.of(more));
    return user.value(
        "const ensure = (more) => docker().registryServer('depot').ensure({ image: 'lab/registry:2', port: 5055, users: { bob: 'builder' }, tls: "
            + tls
            + ", ...more });\n"
            + body,
        grants.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"20", "26"})
  void a_registry_runs_with_users_and_tls_and_keeps_its_images_when_it_changes(String name)
      throws IOException {
    engine(name);

    assertThat(value("const { changed, created } = await ensure(); return [changed, created];"))
        .isEqualTo("[true,true]");
    assertThat(value("return (await ensure()).changed;")).isEqualTo("false");
    try (var port = lab.forward(5055)) {
      var host = "127.0.0.1:" + port.number();
      var registry =
          "const registry = (password) => docker().registry('%s', { username: 'bob', password, ca: `%s` });\n"
              .formatted(host, ca);
      try (var source = LabRegistry.start()) {
        source.push(lab, "app:1");
        var copy =
            registry
                + "const from = docker().registry('%s', { username: 'alice', password: 'wonderland', ca: `%s` });\n"
                    .formatted(source.host(), Files.readString(source.ca()))
                + "return (await from.image('app:1').copyTo(registry('builder').image('app:1'))).copied;";
        assertThat(value(copy, "net=" + host, "net=" + source.host())).isEqualTo("2");
      }

      assertThat(value("return (await ensure({ users: { bob: 'other', eve: 'apple' } })).changes;"))
          .isEqualTo("[\"users\"]");
      assertThat(
              value(
                  registry + "return await registry('other').repository('app').tags.list();",
                  "net=" + host))
          .isEqualTo("[\"1\"]");
      var old =
          user.run(
              registry + "await registry('builder').repositories.list();",
              "docker:read",
              "net=" + host);
      assertThat(UserHome.text(old)).contains("docker.registry-denied");

      assertThat(
              value(
                  registry
                      + """
                      await registry('other').image('app:1').delete();
                      const { deleted } = await docker().registryServer('depot').collectGarbage({ untagged: true });
                      return [deleted.length > 2, await registry('other').repository('app').tags.list()];
                      """,
                  "net=" + host))
          .isEqualTo("[true,[]]");
    }
    assertThat(lab.docker("ps", "-a", "--format", "{{.Names}}")).doesNotContain("garbage");
  }

  @Test
  void what_could_not_be_safe_or_would_not_run_is_refused() throws IOException {
    engine("26");

    assertThat(
            user.failure(
                "await docker().registryServer('depot').ensure({ image: 'lab/registry:2', users: { bob: 'x' } });"))
        .startsWith(
            "docker.registry-server-plain: A registry with users has to have a certificate");
    assertThat(
            user.failure(
                "await docker().registryServer('depot').ensure({ image: 'lab/registry:2', storage: { moon: {} } });"))
        .startsWith("docker.registry-server-failed: The registry `depot` does not run.");
    lab.docker("rm", "-f", "depot");
    lab.docker("create", "--name", "depot", "lab/bb:1");
    assertThat(
            user.failure(
                "await docker().registryServer('depot').ensure({ image: 'lab/registry:2' });"))
        .startsWith("docker.registry-server-other: ");
    assertThat(lab.docker("ps", "-a", "--format", "{{.Image}}", "--filter", "name=depot"))
        .startsWith("lab/bb:1");
  }

  @Test
  void the_recipe_runs_a_registry_and_the_second_time_changes_nothing() throws Exception {
    engine("26");
    var recipe = Path.of(System.getProperty("basedir", "."), "../recipes/docker/registry.js");
    var hearth = Hearth.builder().home(folder.resolve("recipe")).environment(user::get).build();
    var request =
        RunRequest.of(recipe.normalize())
            .param("name", "depot")
            .param("image", "lab/registry:2")
            .param("port", 5055)
            .allow("docker:write");

    var first = hearth.run(request, event -> {});
    var second = hearth.run(request.param("collectGarbage", true), event -> {});

    assertThat(first.error()).isNull();
    assertThat(String.valueOf(first.value())).contains("\"changed\":true");
    assertThat(second.error()).isNull();
    assertThat(String.valueOf(second.value())).contains("\"changed\":false");
  }
}
