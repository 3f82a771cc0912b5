package dev.hearth.stdlib.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.stdlib.UserHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The state of the real program, read and changed. */
class StateTest {
  private static final String MODULE =
      """
      variable "password" {
        type      = string
        default   = "geheim-1"
        sensitive = true
      }
      resource "terraform_data" "a" {
        input = { size = 3, password = var.password, list = ["x", { deep = var.password }] }
      }
      resource "terraform_data" "b" {
        for_each = toset(["one", "two words"])
        input    = each.key
      }
      """;

  private UserHome user;
  private Path dir;

  @BeforeEach
  void start(@TempDir Path home) {
    dir = home.resolve("infra");
    user =
        new UserHome(home, "terraform")
            .variable("PATH", String.valueOf(System.getenv("PATH")))
            .write("infra/main.tf", MODULE);
  }

  private String with(String body) {
    return "const infra = terraform({ dir: '%s' });\n%s".formatted(dir, body);
  }

  private String[] grants() {
    return new String[] {"terraform:write", "read=" + dir, "write=" + dir};
  }

  private JsonNode value(String body) throws IOException {
    return TerraformProgram.MAPPER.readTree(user.value(with(body), grants()));
  }

  private JsonNode applied(String body) throws IOException {
    return value("await infra.init(); await (await infra.plan()).apply();\n" + body);
  }

  private String failure(String body) {
    return user.failure(with(body), grants());
  }

  @Test
  void a_resource_is_shown_with_its_values_and_without_sensitive_ones() throws IOException {
    var told = applied("return [await infra.state.show('terraform_data.a'), await infra.show()];");

    var shown = told.path(0);
    assertThat(shown.path("mode").asText()).isEqualTo("managed");
    assertThat(shown.path("tainted").asBoolean()).isFalse();
    assertThat(shown.path("values").path("input"))
        .hasToString("{\"list\":[\"x\",{\"deep\":null}],\"password\":null,\"size\":3}");
    assertThat(shown.path("sensitive"))
        .as("also where the provider copied them to")
        .hasToString(
            "[\"input.list[1].deep\",\"input.password\",\"output.list[1].deep\",\"output.password\"]");
    assertThat(told.path(1).findValuesAsText("address"))
        .containsExactly(
            "terraform_data.a", "terraform_data.b[\"one\"]", "terraform_data.b[\"two words\"]");
    assertThat(told.toString()).doesNotContain("geheim");
    assertThat(failure("return infra.state.show('terraform_data.c');"))
        .isEqualTo(
            """
            terraform.not-in-state: There is no `terraform_data.c` in the state of `%s`.
            `terraform_data.a` is the closest that it has."""
                .formatted(dir));
  }

  @Test
  void resources_are_moved_and_forgotten() throws IOException {
    var told =
        applied(
            """
            await infra.state.mv('terraform_data.a', 'terraform_data.z');
            await infra.state.rm(['terraform_data.b["two words"]']);
            return (await infra.state.list()).map(({ address }) => address);
            """);

    assertThat(told).hasToString("[\"terraform_data.b[\\\"one\\\"]\",\"terraform_data.z\"]");
    assertThat(failure("await infra.state.mv('terraform_data.no', 'terraform_data.yes');"))
        .startsWith(
            "terraform.failed: Terraform cannot move in the state of `%s`: Invalid source address."
                .formatted(dir));
    assertThat(failure("await infra.state.rm([]);")).startsWith("terraform.option-value");
  }

  @Test
  void the_whole_state_is_a_secret_and_what_it_replaces_is_kept() throws IOException {
    var told =
        applied(
            """
            const before = await infra.state.pull();
            await infra.state.rm('terraform_data.a');
            let older;
            try { await infra.state.push(before); } catch ({ code, message }) { older = [code, message]; }
            const { backup } = await infra.state.push(before, { force: true });
            return [`${before}`, older, backup, (await infra.state.list()).length];
            """);

    assertThat(told.path(0).asText()).isEqualTo("***");
    assertThat(told.path(1).path(0).asText()).isEqualTo("terraform.failed");
    assertThat(told.path(3).asInt()).isEqualTo(3);
    var backup = Path.of(told.path(2).asText());
    assertThat(backup.getParent()).isEqualTo(dir);
    assertThat(Files.readString(backup)).contains("two words").doesNotContain("geheim");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
        .isEqualTo("rw-------");
  }

  @Test
  void where_there_is_no_state_there_is_nothing_to_pull_and_no_backup() throws IOException {
    assertThat(
            value(
                """
                await infra.init();
                const none = await infra.state.pull();
                const state = { version: 4, serial: 1, lineage: '6b1c2d3e-0000-4000-8000-000000000001', outputs: {}, resources: [] };
                const { backup } = await infra.state.push(JSON.stringify(state));
                return [none ?? null, backup];
                """))
        .hasToString("[null,null]");
    assertThat(failure("await infra.state.push('{\"secret\":\"geheim\"}');"))
        .startsWith("terraform.option-value: The state cannot be used")
        .doesNotContain("geheim");
  }

  @Test
  void what_was_changed_outside_is_taken_into_the_state(@TempDir Path home) throws IOException {
    user = LabProvider.of(new UserHome(home, "terraform"));
    dir = home.resolve("infra");
    user.write(
        "infra/main.tf",
        LabProvider.REQUIRED
            + """
            variable "secret" {
              type      = string
              sensitive = true
            }
            resource "lab_file" "a" {
              path    = "${path.module}/a.txt"
              content = "one"
            }
            resource "lab_file" "there" {
              path   = "${path.module}/there.txt"
              secret = var.secret
            }
            """);
    user.write("infra/there.txt", "was there");
    var variables = "{ variables: { secret: 'geheim-9' } }";

    var told =
        value(
            """
            await infra.init();
            await infra.import('lab_file.there', './there.txt', %1$s);
            await (await infra.plan({ targets: ['lab_file.a'], ...%1$s })).apply();
            const { values } = await infra.state.show('lab_file.there');
            return [values.id, (await infra.refresh(%1$s)).changed];
            """
                .formatted(variables));
    assertThat(told).hasToString("[\"./there.txt\",false]");
    Files.writeString(dir.resolve("a.txt"), "by hand");
    assertThat(
            value(
                """
                const { changed, drift } = await infra.refresh(%s);
                const { values } = await infra.state.show('lab_file.a');
                return [changed, drift.map(({ address, action }) => [address, action]), values.content];
                """
                    .formatted(variables)))
        .hasToString("[true,[[\"lab_file.a\",\"update\"]],\"by hand\"]");
    assertThat(failure("await infra.import('lab_file.no', '-x', %s);".formatted(variables)))
        .startsWith("terraform.failed: Terraform cannot import into the state of")
        .doesNotContain("geheim");
    assertThat(user.failure(with("await infra.import('lab_file.there', 'x');"), grants()))
        .startsWith("terraform.failed");
    try (var left = Files.list(dir)) {
      assertThat(left.map(Path::getFileName).map(String::valueOf))
          .noneMatch(name -> name.contains("hearth"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "infra.state.show('-json')",
        "infra.state.mv('-lock=false', 'terraform_data.a')",
        "infra.state.mv('terraform_data.a', '-state=/etc/passwd')",
        "infra.state.rm(['terraform_data.a', '-lock=false'])",
        "infra.state.rm('a\\nb')",
        "infra.import('-var=x', 'id')",
        "infra.unlock('-force')",
        "infra.unlock('')",
        "infra.workspaces.create('-x')",
        "infra.workspaces.select('../up')",
        "infra.workspaces.delete('a\\u0000b')",
        "infra.test({ files: ['-junit-xml=/tmp/x'] })",
        "terraform({ dir: infra.toJSON().terraform, workspace: '-x' }).state.list()"
      })
  void no_name_is_an_option_of_the_program(String call) {
    assertThat(failure("return " + call + ";")).startsWith("terraform.option-value");
  }

  @Test
  void whoever_may_only_read_changes_no_state() {
    assertThat(
            user.failure(
                with("return infra.state.rm('terraform_data.a');"),
                "terraform:read",
                "read=" + dir,
                "write=" + dir))
        .startsWith("permission.denied");
  }

  @Test
  void variables_that_a_recipe_gives_reach_the_program() throws IOException {
    user.write(
        "infra/region.tf", "variable \"region\" {}\noutput \"region\" {\n value = var.region\n}\n");
    assertThat(
            value(
                """
                const named = terraform({ dir: '%s', env: { TF_VAR_region: 'north' } });
                await named.init();
                await (await named.plan()).apply();
                return (await named.output()).region;
                """
                    .formatted(dir)))
        .hasToString("\"north\"");
  }
}
