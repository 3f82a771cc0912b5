package dev.hearth.stdlib.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.stdlib.DocumentedRecipes;
import dev.hearth.stdlib.UserHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real program, with the resource that is built into it. */
class TerraformTest {
  private static final String MODULE =
      """
      variable "size" {
        type = number
      }
      variable "note" {
        type    = string
        default = "plain"
      }
      variable "extra" {
        default = null
      }
      variable "password" {
        type      = string
        default   = "geheim"
        sensitive = true
      }
      resource "terraform_data" "disk" {
        input            = { size = var.size, note = var.note, password = var.password, extra = var.extra }
        triggers_replace = [var.size > 5]
      }
      output "size" {
        value = terraform_data.disk.input.size
      }
      output "password" {
        value     = var.password
        sensitive = true
      }
      """;

  private UserHome user;
  private Path dir;

  @BeforeEach
  void start(@TempDir Path home) {
    dir = home.resolve("infra");
    user =
        new UserHome(home, "terraform")
            .imports("import { fs } from 'hearth:fs'; import { sleep } from 'hearth:time';")
            .variable("PATH", String.valueOf(System.getenv("PATH")))
            .write("infra/main.tf", MODULE);
  }

  private String with(String body) {
    return "const infra = terraform({ dir: '%s' });\n%s".formatted(dir, body);
  }

  private String[] grants() {
    return new String[] {"terraform:write", "read=" + dir, "write=" + dir};
  }

  private String value(String body) {
    return user.value(with(body), grants());
  }

  private String failure(String body) {
    return user.failure(with(body), grants());
  }

  private Stream<String> files() throws IOException {
    try (var all = Files.list(dir)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  @Test
  void a_plan_says_what_differs_and_applying_it_does_that() throws IOException {
    assertThat(
            value(
                """
                await infra.init();
                const shown = ({ changes }) => changes.map(({ address, action, attributes }) => [address, action,
                  attributes.filter(({ path }) => path.startsWith('input')).map(({ path, before, after, replaces }) => [path, before, after, replaces])]);
                const first = await infra.plan({ variables: { size: 3 } });
                const done = await first.apply();
                const same = await infra.plan({ variables: { size: 3 } });
                const update = await infra.plan({ variables: { size: 4, note: 'a "${b}" %{c}' } });
                await update.apply();
                const replace = await infra.plan({ variables: { size: 6, note: 'a "${b}" %{c}', extra: { list: ['${x}', 1] } } });
                await replace.apply();
                const { size, password } = await infra.output();
                const list = await infra.state.list();
                const gone = await infra.destroy({ variables: { size: 6 } });
                return [first.changed, shown(first), done.added, same.changed, same.changes, shown(update), shown(replace),
                  size, String(password), password.reveal() === 'geheim', list.map(({ address }) => address), gone.destroyed, (await infra.state.list()).length];
                """))
        .isEqualTo(
            "[true,[[\"terraform_data.disk\",\"create\",[[\"input.note\",null,\"plain\",false],"
                + "[\"input.password\",null,null,false],[\"input.size\",null,3,false]]]],1,false,[],"
                + "[[\"terraform_data.disk\",\"update\",[[\"input.note\",\"plain\",\"a \\\"${b}\\\" %{c}\",false],[\"input.size\",3,4,false]]]],"
                + "[[\"terraform_data.disk\",\"replace\",[[\"input.extra.list[0]\",null,\"${x}\",false],[\"input.extra.list[1]\",null,1,false],[\"input.size\",4,6,false]]]],"
                + "6,\"***\",true,[\"terraform_data.disk\"],1,0]");
    assertThat(files())
        .as("no plan is left")
        .doesNotContain("plan")
        .noneMatch(name -> name.contains("hearth"));
  }

  @Test
  void sensitive_values_are_nowhere_in_a_plan_also_where_a_provider_copies_them() {
    assertThat(
            value(
                """
                await infra.init();
                await (await infra.plan({ variables: { size: 3 } })).apply();
                return JSON.stringify(await infra.plan({ variables: { size: 4, password: 'anderes' } }));
                """))
        .contains("input.password")
        .doesNotContain("geheim")
        .doesNotContain("anderes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ size: 'big' } | terraform.variable-value: The variable `size` does not fit: `number` is expected, not a text.",
        "{ sise: 3 } | terraform.variable-unknown: The module in `%s` has no variable `sise`.",
        "{ size: 3, note: ['a'] } | terraform.variable-value: The variable `note` does not fit: `string` is expected, not an array."
      })
  void a_variable_that_does_not_fit_is_refused_before_anything_is_run(String given, String told) {
    assertThat(failure("return infra.plan({ variables: %s });".formatted(given)))
        .startsWith(told.formatted(dir));
  }

  @Test
  void what_terraform_says_is_told_with_file_and_line() {
    user.write("infra/more.tf", "output \"x\" {\n  value = terraform_data.no\n}\n");
    assertThat(
            value(
                """
                await infra.init();
                const { valid, diagnostics } = await infra.validate();
                return [valid, diagnostics.map(({ severity, summary, file, line }) => [severity, summary, file, line])];
                """))
        .isEqualTo("[false,[[\"error\",\"Reference to undeclared resource\",\"more.tf\",2]]]");
    assertThat(failure("return infra.plan({ variables: { size: 3 } });"))
        .startsWith(
            "terraform.failed: Terraform cannot plan `%s`: Reference to undeclared resource (more.tf:2)."
                .formatted(dir));
  }

  @Test
  void a_variable_that_is_missing_and_one_that_a_rule_refuses_are_told() {
    user.write(
        "infra/more.tf",
        """
        variable "even" {
          type    = number
          default = 2
          validation {
            condition     = var.even % 2 == 0
            error_message = "It must be even."
          }
        }
        """);
    assertThat(failure("await infra.init(); return infra.plan();"))
        .startsWith(
            "terraform.failed: Terraform cannot plan `%s`: No value for required variable (main.tf:1)."
                .formatted(dir));
    assertThat(
            failure("await infra.init(); return infra.plan({ variables: { size: 1, even: 3 } });"))
        .startsWith(
            "terraform.failed: Terraform cannot plan `%s`: Invalid value for variable."
                .formatted(dir));
  }

  @Test
  void a_value_that_a_rule_refuses_is_not_told_when_it_is_sensitive() {
    user.write(
        "infra/more.tf",
        """
        variable "token" {
          type      = string
          sensitive = true
          validation {
            condition     = length(var.token) > 20
            error_message = "It is too short."
          }
        }
        """);
    assertThat(
            value(
                """
                await infra.init();
                try { await infra.plan({ variables: { size: 1, token: 'kurz-geheim' } }); } catch ({ code, message, details }) {
                  return [code, JSON.stringify(details), message];
                }
                """))
        .startsWith("[\"terraform.failed\"")
        .contains("It is too short.")
        .doesNotContain("kurz-geheim");
  }

  @Test
  void a_plan_is_applied_once_and_not_when_the_state_has_changed_since() {
    assertThat(
            value(
                """
                await infra.init();
                const code = async (work) => { try { await work(); return 'done'; } catch ({ code, message }) { return [code, message.replace(/`[^`]*`/g, '…')]; } };
                const one = await infra.plan({ variables: { size: 3 } });
                const other = await infra.plan({ variables: { size: 4 } });
                return [await code(() => one.apply()), await code(() => one.apply()), await code(() => other.apply())];
                """))
        .isEqualTo(
            "[\"done\",[\"terraform.plan-gone\",\"The plan for … is no longer there: it was applied, or made in another run.\"],"
                + "[\"terraform.failed\",\"Terraform cannot apply …: Saved plan is stale.\"]]");
  }

  @Test
  void who_holds_the_lock_is_told() {
    user.write(
        "infra/slow.tf",
        """
        resource "terraform_data" "slow" {
          provisioner "local-exec" {
            command = "touch begun; while [ ! -e end ]; do sleep 0.05; done"
            working_dir = path.module
          }
        }
        """);
    assertThat(
            user.value(
                with(
                    """
                        await infra.init();
                        const slow = await infra.plan({ variables: { size: 3 } });
                        const going = slow.apply();
                        while (!(await fs.exists('%1$s/begun'))) await sleep('20ms');
                        let locked;
                        try { await infra.plan({ variables: { size: 3 } }); } catch (error) { locked = error; }
                        await fs.write('%1$s/end', '');
                        await going;
                        return [locked?.code, Object.keys(locked?.details?.lock ?? {}).includes('who'), locked.message.includes(' by ')];
                        """
                        .formatted(dir)),
                grants()))
        .isEqualTo("[\"terraform.locked\",true,true]");
  }

  @Test
  void what_is_going_on_is_told() {
    assertThat(
            value(
                """
                await infra.init();
                await (await infra.plan({ variables: { size: 3 } })).apply();
                return 1;
                """))
        .isEqualTo("1");
    assertThat(
            user.events().stream().filter(RunEvent.Logged.class::isInstance).map(String::valueOf))
        .anyMatch(line -> line.contains("terraform_data.disk: Creating..."));
  }

  @Test
  void an_option_that_there_is_not_and_an_address_that_is_none_are_refused() {
    assertThat(failure("return infra.plan({ variable: {} });"))
        .startsWith("terraform.option: `plan` has no option `variable`.");
    assertThat(failure("return infra.plan({ targets: ['-destroy'] });"))
        .startsWith(
            "terraform.option-value: `-destroy` cannot be used: it is no address of a resource.");
  }

  @Test
  void a_name_alone_is_a_connection() {
    assertThat(user.failure("return terraform('pinned').version();", grants()))
        .startsWith("connection.unknown");
  }

  @Test
  void without_the_program_it_is_said_what_to_install() {
    user.variable("PATH", dir.toString());
    assertThat(failure("return infra.version();"))
        .startsWith(
            "terraform.missing: Neither `tofu` nor `terraform` is installed, or not in PATH.");
  }

  private RunResult planAndApprove(String... parameters) throws Exception {
    var recipe = Path.of("../recipes/terraform/plan-and-approve.js").toAbsolutePath().normalize();
    var request = RunRequest.of(recipe).param("dir", TextNode.valueOf(dir.toString()));
    for (var grant : grants()) {
      request = request.allow(grant);
    }
    for (int i = 0; i < parameters.length; i += 2) {
      request = request.param(parameters[i], TerraformProgram.MAPPER.readTree(parameters[i + 1]));
    }
    var hearth =
        Hearth.builder().home(user.path().resolve("hearth")).environment(user::get).build();
    return hearth.run(request, event -> {});
  }

  @Test
  void plan_and_approve_applies_what_was_approved_and_loses_nothing_unasked() throws Exception {
    var unasked = planAndApprove("variables", "{\"size\":3}");
    assertThat(UserHome.text(unasked)).as("where nobody can be asked").contains("ui.nobody");
    var first = planAndApprove("variables", "{\"size\":3}", "approve", "true");
    assertThat(first.error()).isNull();
    assertThat(String.valueOf(first.value())).contains("\"added\":1");
    var again = planAndApprove("variables", "{\"size\":3}");
    assertThat(String.valueOf(again.value())).isEqualTo("{\"changed\":false}");
    var loss = planAndApprove("variables", "{\"size\":6}", "approve", "true");
    assertThat(UserHome.text(loss)).contains("This would lose terraform_data.disk");
    var meant = planAndApprove("variables", "{\"size\":6}", "approve", "true", "allowLoss", "true");
    assertThat(String.valueOf(meant.value())).contains("\"added\":1").contains("\"destroyed\":1");
  }

  @TestFactory
  Stream<DynamicTest> every_recipe_of_the_page_and_of_the_types_does_what_it_says()
      throws IOException {
    var recipes =
        Stream.of("README.md", "terraform.d.ts")
            .flatMap(
                file -> {
                  try {
                    return DocumentedRecipes.of(TerraformBinding.class, file).stream();
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                })
            .filter(code -> !code.contains("hearth:proxmox")) // see HandOverTest
            .toList();
    assertThat(recipes).hasSizeGreaterThanOrEqualTo(5);
    return DocumentedRecipes.tests(
        recipes,
        code -> {
          var result = user.runWhole(code.replace("'infra'", "'" + dir + "'"), grants());
          assertThat(result.error()).as(code).isNull();
        });
  }
}
