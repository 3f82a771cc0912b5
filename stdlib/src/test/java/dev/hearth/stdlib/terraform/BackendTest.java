package dev.hearth.stdlib.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.stdlib.UserHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** States that stand elsewhere, by the real program and real servers. */
class BackendTest {
  private static final String SLOW =
      """
      resource "terraform_data" "slow" {
        provisioner "local-exec" {
          command     = "touch begun; while [ ! -e end ]; do sleep 0.05; done"
          working_dir = path.module
        }
      }
      """;

  private UserHome user;
  private Path dir;
  private Path words;

  /** The program is one that writes down with which words it is called. */
  @BeforeEach
  void start(@TempDir Path home) throws IOException {
    dir = home.resolve("infra");
    words = home.resolve("words");
    user =
        new UserHome(home, "terraform")
            .imports(
                "import { fs } from 'hearth:fs'; import { sleep } from 'hearth:time'; import { secret } from 'hearth:secret';")
            .variable("PATH", home.resolve("bin") + ":" + System.getenv("PATH"))
            .write(
                "bin/terraform",
                "#!/bin/sh\necho \"$@\" >>'%s'\nPATH='%s' exec terraform \"$@\"\n"
                    .formatted(words, System.getenv("PATH")));
    Files.setPosixFilePermissions(
        home.resolve("bin/terraform"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String[] grants() {
    return new String[] {"terraform:write", "read=" + dir, "write=" + dir, "secret=backend"};
  }

  private JsonNode value(String body) throws IOException {
    return TerraformProgram.MAPPER.readTree(user.value(body, grants()));
  }

  private void store(String value) {
    Hearth.builder()
        .home(user.path().resolve("hearth"))
        .environment(user::get)
        .build()
        .surroundings()
        .secrets()
        .put("backend", Secret.of(value));
  }

  /** Whether a text stands in a file that Terraform keeps, or in the words of a program. */
  private boolean isLeft(String text) throws IOException {
    try (var files = Files.walk(dir)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
          return true;
        }
      }
    }
    return Files.readString(words).contains(text);
  }

  @Test
  void a_state_in_postgresql_is_locked_there_and_its_password_stands_nowhere() throws IOException {
    user.write("infra/main.tf", "terraform {\n  backend \"pg\" {}\n}\n" + SLOW);
    try (var postgres = PostgresServer.start()) {
      var infra =
          "const infra = terraform({ dir: '%s', backend: { conn_str: await secret('backend'), schema_name: 'lab_states' } });"
              .formatted(dir);
      store(postgres.connection());
      var told =
          value(
              infra
                  + """
                    await infra.init();
                    const going = (await infra.plan()).apply();
                    while (!(await fs.exists('%1$s/begun'))) await sleep('20ms');
                    let locked;
                    try { await infra.plan(); } catch (error) { locked = error; }
                    await fs.write('%1$s/end', '');
                    await going;
                    return [locked.code, locked.message, locked.details.lock, (await infra.state.list()).length, (await infra.workspaces.list()).length];
                    """
                      .formatted(dir));

      assertThat(told)
          .as("PostgreSQL does not tell who it is, and Terraform names itself")
          .hasToString(
              "[\"terraform.locked\",\"The state of `%s` is locked.\",{},1,1]".formatted(dir));
      assertThat(isLeft("lab_states")).isTrue();
      assertThat(isLeft("geheim")).isFalse();
      assertThat(dir.resolve("terraform.tfstate")).doesNotExist();
    }
  }

  @Test
  void a_state_behind_http_tells_the_id_of_its_lock_and_can_be_unlocked() throws IOException {
    user.write(
        "infra/main.tf",
        "terraform {\n  backend \"http\" {}\n}\nresource \"terraform_data\" \"a\" {}\n");
    try (var server = new StateServer("anna", "geheim")) {
      var infra =
          "const infra = terraform({ dir: '%1$s', backend: { address: '%2$s', lock_address: '%2$s', unlock_address: '%2$s', username: 'anna', password: await secret('backend') } });"
              .formatted(dir, server.address());
      store("geheim");
      assertThat(
              value(
                  infra
                      + "await infra.init(); await (await infra.plan()).apply(); return (await infra.state.list()).length;"))
          .hasToString("1");
      server.lockedBy("berta@desk", "0b7d7d9c-1111-4222-8333-444455556666");

      var told =
          value(
              infra
                  + """
                    try { await infra.plan(); } catch ({ code, message, details: { lock } }) {
                      await infra.unlock(lock.id);
                      return [code, message, lock, (await infra.plan()).changed];
                    }
                    """);

      assertThat(told)
          .as("Terraform names itself as who holds it")
          .hasToString(
              "[\"terraform.locked\",\"The state of `%s` is locked.\",{\"id\":\"0b7d7d9c-1111-4222-8333-444455556666\"},false]"
                  .formatted(dir));
      assertThat(isLeft("geheim")).isFalse();
      store("falsch");
      assertThat(user.failure(infra + "return infra.state.list();", grants()))
          .startsWith("terraform.failed: Terraform cannot read the state of `" + dir + "`:")
          .doesNotContain("falsch");
    }
  }

  @Test
  void a_local_state_may_have_another_place() throws IOException {
    store("x");
    user.write(
        "infra/main.tf",
        "terraform {\n  backend \"local\" {}\n}\nresource \"terraform_data\" \"a\" {}\n");
    assertThat(
            value(
                """
                const infra = terraform({ dir: '%s', backend: { path: 'states/lab.tfstate' } });
                await infra.init();
                await (await infra.plan()).apply();
                await (await infra.plan({ destroy: true })).apply();
                return (await infra.state.list()).length;
                """
                    .formatted(dir)))
        .hasToString("0");
    assertThat(dir.resolve("states/lab.tfstate.backup")).content().contains("terraform_data");
    assertThat(
            user.failure(
                "return terraform({ dir: '%s', backend: { path: await secret('backend') } }).init();"
                    .formatted(dir),
                grants()))
        .startsWith(
            "terraform.option-value: The Secret `path` of `backend` cannot be used: the backend `local` would keep it in a file in clear.");
    assertThat(
            user.failure(
                "return terraform({ dir: '%s' }).init({ backendConfig: { path: await secret('backend') } });"
                    .formatted(dir),
                grants()))
        .startsWith("terraform.option-value: The Secret `path` of `backendConfig` cannot be used");
  }

  @Test
  void a_module_without_a_backend_has_none_to_configure() {
    user.write("infra/main.tf", "resource \"terraform_data\" \"a\" {}\n");
    assertThat(
            user.failure(
                "return terraform({ dir: '%s', backend: { path: 'x' } }).init();".formatted(dir),
                grants()))
        .startsWith(
            "terraform.no-backend: The module in `%s` names no backend, so there is none to give `backend` to."
                .formatted(dir));
  }
}
