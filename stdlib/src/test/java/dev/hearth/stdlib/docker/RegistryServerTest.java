package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunRequest;
import dev.hearth.stdlib.DocumentedRecipes;
import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.WaitsFor;
import dev.hearth.stdlib.docker.lab.DockerLab;
import dev.hearth.stdlib.docker.lab.LabRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A registry of one's own in a container, of an image that was made of Debian's docker-registry.
 */
@WaitsFor("docker")
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
    return user.value(recipe(body), grants.toArray(String[]::new));
  }

  private String recipe(String body) {
    return "const ensure = (more) => docker().registryServer('depot').ensure({ image: 'lab/registry:2', port: 5055, users: { bob: 'builder' }, tls: "
        + tls
        + ", ...more });\n"
        + body;
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
        .startsWith("docker.registry-server-failed: The registry `depot` does not run: ")
        .contains("moon");
    assertThat(containers()).isEmpty();
    assertThat(
            user.failure(
                "await docker().registryServer('depot').ensure({ image: 'lab/registry:2', storage: { filesystem: { rootdirectory: '/data' } } });"))
        .startsWith(
            "docker.registry-server-wrong: `storage` keeps images in the container, and they end with it");
    lab.docker("create", "--name", "depot", "lab/bb:1");
    assertThat(
            user.failure(
                "await docker().registryServer('depot').ensure({ image: 'lab/registry:2' });"))
        .startsWith("docker.registry-server-other: ");
    assertThat(lab.docker("ps", "-a", "--format", "{{.Image}}", "--filter", "name=depot"))
        .startsWith("lab/bb:1");
  }

  /** Names and states of the containers that have to do with the registry. */
  private List<String> containers() {
    return lab.docker("ps", "-a", "--filter", "name=depot", "--format", "{{.Names}} {{.State}}")
        .lines()
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"20", "26"})
  void where_another_does_not_come_up_the_one_that_served_serves_again(String name)
      throws IOException {
    engine(name);
    lab.docker("run", "-d", "--name", "depot-rival", "-p", "5056:80", "lab/bb:1", "sleep", "1000");
    lab.docker(
        "volume",
        "create",
        "-o",
        "type=none",
        "-o",
        "o=bind",
        "-o",
        "device=/missing",
        "depot-bad");
    try {
      var id = value("return (await ensure()).id;");
      for (var wish :
          List.of(
              "port: 5056 -> port is already allocated",
              "tls: { certificate: 'none', key: 'none' } -> certificate",
              "storage: { volume: 'depot-bad' } -> /missing",
              "storage: { moon: {} } -> moon")) {
        var parts = wish.split(" -> ", 2);
        assertThat(failure("await ensure({ " + parts[0] + " });"))
            .startsWith("docker.registry-server-failed: The registry `depot` does not run: ")
            .contains(parts[1])
            .endsWith("the registry that was there is as it was.");
        assertThat(containers()).containsExactly("depot running", "depot-rival running");
        assertThat(value("const { id, changed } = await ensure(); return [id, changed];"))
            .isEqualTo("[" + id + ",false]");
      }
    } finally {
      lab.docker("rm", "-f", "-v", "depot-rival");
      lab.docker("volume", "rm", "-f", "depot-bad");
    }
  }

  private String failure(String body) {
    return user.failure(recipe(body), "docker:write");
  }

  /** A registry that tidies for ever. */
  private void slowRegistry() throws IOException {
    lab = DockerLab.engine("26");
    user.variable("DOCKER_HOST", lab.host());
    var image = Files.createDirectories(folder.resolve("slow"));
    Files.writeString(
        image.resolve("Dockerfile"),
        """
        FROM lab/bb:1
        ENTRYPOINT ["/bin/sh", "-c", "case $0 in serve) mkdir -p /var/lib/registry/docker/registry/v2/repositories; echo listening on it;; esac; exec sleep 1000"]
        """);
    lab.docker("build", "-q", "-t", "lab/registry:2", image.toString());
  }

  @Test
  void a_collection_that_is_stopped_lets_the_registry_serve_again() throws Exception {
    slowRegistry();
    var _ = value("return (await ensure()).id;");
    var file = user.write("tidy.js", tidying()).file("tidy.js");
    var hearth = Hearth.builder().home(folder.resolve("tidy")).environment(user::get).build();
    var run = hearth.start(RunRequest.of(file).allow("docker:write"), event -> {});
    while (!containers().contains("depot-garbage running")) {
      Thread.onSpinWait(); // each look takes as long as Docker's client
    }

    assertThat(failure("await ensure();"))
        .startsWith("docker.registry-server-busy: The registry `depot` does not start while");
    run.stop();

    assertThat(run.await().error()).isNotNull();
    assertThat(containers()).containsExactly("depot running");
  }

  private static String tidying() {
    return """
    import { docker } from 'hearth:docker';
    export const recipe = { summary: 'Tidies' };
    export default () => docker().registryServer('depot').collectGarbage();
    """;
  }

  @Test
  void what_a_collection_left_that_was_ended_by_force_is_mended_by_the_next() throws Exception {
    engine("26");
    var _ = value("return (await ensure()).id;");
    lab.docker("stop", "depot");
    lab.docker(
        "create", "--name", "depot-garbage", "-l", "dev.hearth.registry.served=true", "lab/bb:1");

    assertThat(value("return await docker().registryServer('depot').collectGarbage();"))
        .isEqualTo("{\"deleted\":[]}");
    assertThat(containers()).containsExactly("depot running");
  }

  @Test
  void images_that_an_index_consists_of_are_no_garbage() throws IOException {
    engine("26");
    var _ = value("return (await ensure()).id;");
    try (var port = lab.forward(5055);
        var source = LabRegistry.start()) {
      source.push(lab, "multi:amd");
      var host = "127.0.0.1:" + port.number();
      var both =
          "const depot = docker().registry('%s', { username: 'bob', password: 'builder', ca: `%s` });\n"
                  .formatted(host, ca)
              + "const from = docker().registry('%s', { username: 'alice', password: 'wonderland', ca: `%s` });\n"
                  .formatted(source.host(), Files.readString(source.ca()));
      var grants = new String[] {"net=" + host, "net=" + source.host()};
      var digest = value(both + "return (await from.image('multi:amd').inspect()).digest;", grants);
      source.index("multi", "all", Map.of("linux/amd64", digest.replace("\"", "")));
      var _ =
          value(
              both + "return await from.image('multi:all').copyTo(depot.image('multi:all'));",
              grants);

      assertThat(
              failure("await docker().registryServer('depot').collectGarbage({ untagged: true });"))
          .startsWith(
              "docker.registry-garbage-needed: Nothing was deleted from the registry `depot`");
      assertThat(containers()).containsExactly("depot running");
      assertThat(
              value(
                  both
                      + "const { deleted } = await docker().registryServer('depot').collectGarbage();\n"
                      + "return [deleted, (await depot.image('multi:all').inspect({ platform: 'linux/amd64' })).platforms];",
                  grants))
          .isEqualTo("[[],[\"linux/amd64\"]]");
    }
  }

  @Test
  void the_recipe_of_the_types_runs_one() throws IOException {
    engine("26");
    lab.docker("tag", "lab/registry:2", "registry:3");
    try {
      var recipe = DocumentedRecipes.with("registryServer(", DockerBinding.class, "docker.d.ts");
      assertThat(user.runWhole(recipe, "docker:write").error()).isNull();
      assertThat(lab.docker("port", "registry")).startsWith("5000/tcp -> 127.0.0.1:5000");
    } finally {
      lab.docker("rm", "-f", "-v", "registry");
      lab.docker("volume", "rm", "-f", "registry");
      lab.docker("rmi", "registry:3");
    }
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
