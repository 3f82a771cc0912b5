package dev.hearth.stdlib.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.RunEvent;
import dev.hearth.stdlib.UserHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program with a provider of our own: what happens to real resources. */
class ProviderTest {
  private static final String MODULE =
      LabProvider.REQUIRED
          + """
          variable "name" {
            default = "a"
          }
          variable "content" {
            default = "one"
          }
          variable "secret" {
            default   = "geheim-1"
            sensitive = true
          }
          variable "fail" {
            default = false
          }
          resource "lab_file" "a" {
            path    = "${path.module}/${var.name}.txt"
            content = var.content
            mode    = "0600"
            secret  = var.secret
          }
          resource "lab_file" "b" {
            path    = "${path.module}/b.txt"
            content = lab_file.a.content
            secret  = var.secret
            fail    = var.fail
          }
          resource "lab_file" "c" {
            path    = "${path.module}/c.txt"
            content = lab_file.b.id
          }
          """;

  /** What a plan would do, in few words. */
  private static final String SHOWN =
      """
      const shown = (changes) => changes.map(({ address, action, attributes }) => [address, action, attributes
        .filter(({ path }) => path !== 'id' && path !== 'mode')
        .map(({ path, before, after, sensitive, replaces }) => [path, before, after, sensitive && 'sensitive', replaces && 'replaces'].filter((x) => x !== false))]);
      """;

  private UserHome user;
  private Path dir;

  @BeforeEach
  void start(@TempDir Path home) {
    dir = home.resolve("infra");
    user = LabProvider.of(new UserHome(home, "terraform")).write("infra/main.tf", MODULE);
  }

  private String with(String body) {
    return "const infra = terraform({ dir: '%s' });\n%sawait infra.init();\n%s"
        .formatted(dir, SHOWN, body);
  }

  private String[] grants() {
    return new String[] {"terraform:write", "read=" + dir, "write=" + dir};
  }

  private JsonNode value(String body) throws IOException {
    return TerraformProgram.MAPPER.readTree(user.value(with(body), grants()));
  }

  @Test
  void what_was_changed_by_hand_is_drift_and_is_put_right_in_place() throws IOException {
    value("await (await infra.plan()).apply();");
    Files.writeString(dir.resolve("a.txt"), "by hand");
    Files.delete(dir.resolve("c.txt"));

    var told =
        value(
            """
            const plan = await infra.plan();
            const done = await plan.apply();
            return [shown(plan.drift), shown(plan.changes), done.added, done.changed, (await infra.plan()).changed];
            """);

    assertThat(told.path(0))
        .hasToString(
            "[[\"lab_file.a\",\"update\",[[\"content\",\"one\",\"by hand\"]]],"
                + "[\"lab_file.c\",\"delete\",[[\"content\",\"%1$s/b.txt\",null],[\"path\",\"%1$s/c.txt\",null]]]]"
                    .formatted("."));
    assertThat(told.path(1))
        .hasToString(
            "[[\"lab_file.a\",\"update\",[[\"content\",\"by hand\",\"one\"]]],"
                + "[\"lab_file.c\",\"create\",[[\"content\",null,\"./b.txt\"],[\"path\",null,\"./c.txt\"]]]]");
    assertThat(told.path(2)).hasToString("1");
    assertThat(told.path(3)).hasToString("1");
    assertThat(told.path(4)).hasToString("false");
    assertThat(dir.resolve("a.txt")).hasContent("one");
  }

  @Test
  void another_path_makes_the_resource_anew_and_says_why() throws IOException {
    var told =
        value(
            """
            await (await infra.plan()).apply();
            const plan = await infra.plan({ variables: { name: 'z' } });
            const done = await plan.apply();
            const gone = await infra.destroy({ variables: { name: 'z' } });
            return [shown(plan.changes), plan.changes.map(({ reason }) => reason), done.added, done.destroyed, gone.destroyed];
            """);

    assertThat(told)
        .hasToString(
            "[[[\"lab_file.a\",\"replace\",[[\"path\",\"./a.txt\",\"./z.txt\",\"replaces\"]]]],"
                + "[\"replace_because_cannot_update\"],1,1,3]");
    assertThat(dir.resolve("a.txt")).doesNotExist();
    assertThat(dir.resolve("b.txt")).doesNotExist();
    assertThat(dir.resolve("z.txt")).doesNotExist();
  }

  @Test
  void sensitive_values_are_in_no_plan_no_error_and_no_event() throws IOException {
    var told =
        value(
            """
            const one = await infra.plan({ variables: { content: 'with geheim-2 in it', secret: 'geheim-2', fail: true } });
            let error;
            try { await one.apply(); } catch (e) { error = e; }
            const { code, message, hint, details } = error;
            const two = await infra.plan({ variables: { secret: 'geheim-3', content: 'geheim-3' } });
            return [one, { code, message, hint, details }, two, shown(two.changes)];
            """);

    assertThat(told.path(1).path("code")).hasToString("\"terraform.failed\"");
    assertThat(told.path(1).path("message").asText())
        .isEqualTo(
            "Terraform cannot apply `%s`: The file ./b.txt cannot be made (main.tf:27)."
                .formatted(dir));
    assertThat(told.path(1).path("details").path("diagnostics").path(0).path("detail").asText())
        .isEqualTo("It was told to fail, with the secret ***.");
    assertThat(told.path(3).path(0).toString())
        .contains("[\"secret\",null,null,\"sensitive\"]")
        .contains("[\"content\",null,null,\"sensitive\"]");
    assertThat(told.toString()).doesNotContain("geheim");
    assertThat(user.events().stream().filter(RunEvent.Logged.class::isInstance))
        .isNotEmpty()
        .noneMatch(event -> event.toString().contains("geheim"));
  }

  @Test
  void a_failure_in_the_middle_says_what_was_done_and_what_is_left() throws IOException {
    var told =
        value(
            """
            let details;
            try { await (await infra.plan({ variables: { fail: true } })).apply(); } catch (e) { details = e.details; }
            const { done, failed, left } = details;
            const state = (await infra.state.list()).map(({ address }) => address);
            const rest = await infra.plan();
            return [done, failed, left, state, shown(rest.changes).map(([address, action]) => [address, action])];
            """);

    assertThat(told)
        .hasToString(
            "[[{\"address\":\"lab_file.a\",\"action\":\"create\"}],"
                + "[{\"address\":\"lab_file.b\",\"action\":\"create\"}],"
                + "[\"lab_file.b\",\"lab_file.c\"],[\"lab_file.a\"],"
                + "[[\"lab_file.b\",\"create\"],[\"lab_file.c\",\"create\"]]]");
    assertThat(dir.resolve("a.txt")).hasContent("one");
    assertThat(dir.resolve("c.txt")).doesNotExist();
  }

  @Test
  void a_replacement_that_fails_between_its_halves_is_told_as_that() throws IOException {
    var told =
        value(
            """
            await (await infra.plan({ targets: ['lab_file.b'] })).apply();
            const plan = await infra.plan({ variables: { fail: true }, replace: ['lab_file.b'], targets: ['lab_file.b'] });
            try { await plan.apply(); } catch ({ details: { done, failed, left } }) { return [plan.changes[0].reason, done, failed, left]; }
            """);

    assertThat(told)
        .hasToString(
            "[\"replace_by_request\",[{\"address\":\"lab_file.b\",\"action\":\"delete\"}],"
                + "[{\"address\":\"lab_file.b\",\"action\":\"create\"}],[\"lab_file.b\"]]");
  }

  @Test
  void the_users_variables_reach_the_program_and_its_providers_but_those_of_hearth_do_not()
      throws IOException {
    user.write(
            "infra/data.tf",
            """
            variable "region" {}
            data "lab_file" "main" {
              path = "${path.module}/data.tf"
            }
            output "token" {
              value = data.lab_file.main.token
            }
            output "own" {
              value = data.lab_file.main.own
            }
            output "region" {
              value = var.region
            }
            """)
        .variable("LAB_TOKEN", "abc")
        .variable("TF_VAR_region", "here")
        .variable("HEARTH_LAB_TOKEN", "leak");

    assertThat(
            value(
                "await (await infra.plan()).apply(); const { token, region, own } = await infra.output(); return [region, token, own];"))
        .hasToString("[\"here\",\"abc\",\"\"]");
  }
}
