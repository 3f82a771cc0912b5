package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.WaitsFor;
import dev.hearth.stdlib.docker.lab.DockerLab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose logins to registries are used, and who gets to see them. */
@WaitsFor("docker")
class RegistryLoginsTest {
  private static final String PASSWORD = "pa:ss-of-ann";

  private final DockerLab engine = DockerLab.engine("26");
  private UserHome user;
  private PlainRegistry registry;
  private DockerLab.Port port;

  @BeforeEach
  void registry(@TempDir Path home, @TempDir Path folder) {
    user = new UserHome(home, "docker").variable("DOCKER_HOST", engine.host());
    registry = PlainRegistry.start(folder, "ann", PASSWORD);
    port = registry.in(engine);
  }

  @AfterEach
  void stop() {
    port.close();
    registry.close();
  }

  private String push(String docker) {
    return """
    const it = %s;
    const copy = await it.image('lab/bb:1').tag('%s/app:1');
    try {
      return (await copy.push()).image;
    } finally {
      await copy.remove();
    }
    """
        .formatted(docker, registry.host());
  }

  private String pushed() {
    return "\"" + registry.host() + "/app:1\"";
  }

  private void keptInFile() {
    var login =
        Base64.getEncoder().encodeToString(("ann:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    user.write(
        ".docker/config.json",
        "{\"auths\":{\"http://%s/v2/\":{\"auth\":\"%s\"}}}".formatted(registry.host(), login));
  }

  private void helper(String script) throws IOException {
    user.write("bin/docker-credential-lab", "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(
        user.path().resolve("bin/docker-credential-lab"),
        PosixFilePermissions.fromString("rwx------"));
    user.variable("PATH", user.path().resolve("bin") + ":/usr/bin:/bin");
    user.write(
        ".docker/config.json", "{\"credHelpers\":{\"%s\":\"lab\"}}".formatted(registry.host()));
  }

  @Test
  void a_login_that_docker_keeps_in_its_file_is_used_with_no_further_right() {
    keptInFile();
    assertThat(user.value(push("docker()"))).isEqualTo(pushed());
  }

  @Test
  void a_login_that_a_helper_keeps_is_asked_for_by_the_address_of_the_registry()
      throws IOException {
    helper(
        """
        read server
        [ "$1 $server" = 'get %s' ] || exit 9
        printf '{"ServerURL":"%%s","Username":"ann","Secret":"%s"}' "$server"
        """
            .formatted(registry.host(), PASSWORD));
    assertThat(user.value(push("docker()"))).isEqualTo(pushed());
    assertThat(user.events().toString()).doesNotContain(PASSWORD);
  }

  @Test
  void a_helper_that_knows_nobody_leaves_the_registry_to_refuse() throws IOException {
    helper("echo 'credentials not found in native keychain'; exit 1\n");
    assertThat(user.failure(push("docker()"))).startsWith("docker.push-failed: ");
  }

  @Test
  void a_helper_that_fails_is_named_and_what_it_wrote_is_not() throws IOException {
    helper("echo secret-words; exit 3\n");
    assertThat(user.failure(push("docker()")))
        .isEqualTo(
            """
            docker.credential-helper: The credential helper `docker-credential-lab` gives no login: it ended with status 3.
            Run it by hand, or take it out of Docker's `config.json`.""");
    assertThat(UserHome.text(user.run(push("docker()"), "docker:write")))
        .doesNotContain("secret-words");
  }

  @Test
  void an_engine_that_the_recipe_spells_out_gets_none_of_the_users_logins() {
    keptInFile();
    var spelled = "docker({ host: '%s' })".formatted(engine.host());
    var grants = new String[] {"docker:write", "net=" + engine.host().replace("://", ":")};
    assertThat(user.failure(push(spelled), grants)).startsWith("docker.push-failed: ");
    var login =
        "{ registry: '%s', username: 'ann', password: '%s' }".formatted(registry.host(), PASSWORD);
    assertThat(
            user.value("await %s.login(%s);\n".formatted(spelled, login) + push(spelled), grants))
        .isEqualTo(pushed());
  }

  @Test
  void a_login_of_the_run_is_that_of_its_engine_and_of_no_other() {
    var login =
        "{ registry: '%s', username: 'ann', password: '%s' }".formatted(registry.host(), PASSWORD);
    assertThat(
            user.failure(
                "await docker().login(%s);\n".formatted(login)
                    + push("docker({ host: '%s' })".formatted(engine.host())),
                "docker:write",
                "net=" + engine.host().replace("://", ":")))
        .startsWith("docker.push-failed: ");
  }
}
