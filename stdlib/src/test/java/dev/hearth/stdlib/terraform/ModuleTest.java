package dev.hearth.stdlib.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.run.RecipePrompt;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Person;
import dev.hearth.stdlib.UserHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a module declares, without the program. */
class ModuleTest {
  private UserHome user;
  private String dir;

  @BeforeEach
  void start(@TempDir Path home) {
    user = new UserHome(home, "terraform").imports("import { modules } from 'hearth:terraform';");
    dir = home.resolve("infra").toString();
  }

  private String value(String body) {
    return user.value(
        "const infra = terraform({ dir: '%s' });\n".formatted(dir) + body,
        "terraform:read",
        "read=" + dir);
  }

  private String failure(String body) {
    return user.failure(
        "const infra = terraform({ dir: '%s' });\n".formatted(dir) + body,
        "terraform:read",
        "read=" + dir);
  }

  @Test
  void variables_outputs_providers_modules_and_resources_are_told() {
    user.write(
            "infra/main.tf",
            """
            terraform {
              required_version = ">= 1.9"
              required_providers {
                proxmox = { source = "bpg/proxmox", version = "~> 0.111.1", configuration_aliases = [proxmox.b] }
              }
              backend "pg" {}
            }
            variable "disks" {
              description = "What it has"
              type = list(object({ size = number, kind = optional(string, "ssd") }))
              validation {
                condition     = length(var.disks) > 0
                error_message = "One is needed."
              }
            }
            variable "password" {
              type      = string
              default   = "x"
              sensitive = true
              nullable  = false
            }
            module "vm" {
              source = "./modules/vm"
            }
            data "http" "mirror" { url = "http://lab" }
            resource "terraform_data" "all" {}
            output "address" {
              value     = module.vm.address
              sensitive = true
            }
            """)
        .write(
            "infra/more.tf.json",
            "{\"variable\":{\"tags\":{\"type\":\"set(string)\",\"default\":[\"a\"]}}}")
        .write("infra/override.tf", "variable \"password\" {\n  default = null\n}\n");

    assertThat(value("const { dir, ...told } = await infra.module(); return told;"))
        .isEqualTo(
            "{\"requiredVersion\":[\">= 1.9\"],\"backend\":\"pg\",\"providers\":{\"proxmox\":{\"source\":\"bpg/proxmox\",\"version\":\"~> 0.111.1\"}},"
                + "\"variables\":[{\"name\":\"disks\",\"type\":\"list(object({ size = number, kind = optional(string, \\\"ssd\\\") }))\","
                + "\"schema\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"size\":{\"type\":\"number\"},\"kind\":{\"type\":\"string\",\"default\":\"ssd\"}},\"required\":[\"size\"]}},"
                + "\"description\":\"What it has\",\"defaultValue\":null,\"required\":true,\"sensitive\":false,\"nullable\":true,\"ephemeral\":false,"
                + "\"validations\":[{\"condition\":\"length(var.disks) > 0\",\"message\":\"One is needed.\"}],\"file\":\"main.tf\",\"line\":8},"
                + "{\"name\":\"password\",\"type\":\"string\",\"schema\":{\"type\":\"string\"},\"description\":null,\"defaultValue\":null,\"required\":false,"
                + "\"sensitive\":true,\"nullable\":false,\"ephemeral\":false,\"validations\":[],\"file\":\"main.tf\",\"line\":16},"
                + "{\"name\":\"tags\",\"type\":\"set(string)\",\"schema\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"uniqueItems\":true},\"description\":null,"
                + "\"defaultValue\":[\"a\"],\"required\":false,\"sensitive\":false,\"nullable\":true,\"ephemeral\":false,\"validations\":[],\"file\":\"more.tf.json\",\"line\":1}],"
                + "\"outputs\":[{\"name\":\"address\",\"description\":null,\"sensitive\":true,\"file\":\"main.tf\",\"line\":27}],"
                + "\"modules\":[{\"name\":\"vm\",\"source\":\"./modules/vm\",\"version\":null,\"file\":\"main.tf\",\"line\":22}],"
                + "\"resources\":[\"data.http.mirror\",\"terraform_data.all\"]}");
  }

  @Test
  void what_cannot_be_read_is_told_with_file_and_line() {
    user.write("infra/main.tf", "variable \"a\" {\n  type = [string\n}\n");
    assertThat(failure("return infra.module();"))
        .startsWith("terraform.syntax: `main.tf` cannot be read at 3:1: `}` closes nothing.");
  }

  @Test
  void a_folder_without_a_module_and_none_at_all_are_told_apart() {
    assertThat(failure("return infra.module();")).startsWith("terraform.folder-missing");
    user.write("infra/readme.md", "nothing");
    assertThat(failure("return infra.module();")).startsWith("terraform.no-module");
  }

  @Test
  void a_folder_needs_to_be_granted() {
    user.write("infra/main.tf", "");
    assertThat(
            user.failure(
                "return terraform({ dir: '%s' }).module();".formatted(dir), "terraform:read"))
        .startsWith("permission.denied");
  }

  private String below(String body) {
    return user.value(body.replace("DIR", dir), "terraform:read", "read=" + dir);
  }

  @Test
  void modules_below_a_folder_are_found_and_which_are_to_apply() {
    user.write("infra/envs/dev/main.tf", "module \"vm\" {\n  source = \"../../modules/vm\"\n}\n")
        .write("infra/modules/vm/main.tf.json", "{\"variable\":{\"n\":{}}}")
        .write("infra/modules/broken/main.tf", "variable \"x\" {\n")
        .write("infra/.terraform/modules/x/main.tf", "")
        .write("infra/docs/readme.md", "");
    assertThat(
            below(
                """
                return (await modules('DIR')).map(({ path, root, module, problem }) => [path, root, module?.variables.length, problem?.includes('is not closed')]);
                """))
        .isEqualTo(
            "[[\"envs/dev\",true,0,null],[\"modules/broken\",true,null,true],[\"modules/vm\",false,1,null]]");
  }

  @Test
  void links_that_lead_elsewhere_are_not_followed() throws IOException {
    user.write("infra/main.tf", "").write("secret/main.tf", "");
    Files.createSymbolicLink(Path.of(dir, "away"), user.path().resolve("secret"));
    Files.createSymbolicLink(Path.of(dir, "loop"), Path.of(dir));
    assertThat(below("return (await modules('DIR')).map(({ path }) => path);"))
        .isEqualTo("[\".\"]");
  }

  private static final String NEEDS =
      """
      variable "size" {
        type        = number
        description = "How many"
      }
      variable "name" {
        type = string
      }
      variable "password" {
        sensitive = true
        type      = string
      }
      variable "known" {}
      variable "spare" {
        default = 1
      }
      """;

  @Test
  void what_is_missing_is_asked_until_it_fits() {
    user.write("infra/main.tf", NEEDS);
    var asked = new ArrayList<String>();
    var answers = new ArrayDeque<>(List.of("web", "geheim", "many", "3"));
    user.followedBy(
        new RecipePrompt() {
          @Override
          public Optional<String> ask(String asker, Person.Question question) {
            asked.add(question.text() + " (" + question.hint() + ") " + question.problem());
            return Optional.of(answers.remove());
          }

          @Override
          public Optional<Secret> askSecret(String asker, Person.Question question) {
            asked.add("hidden " + question.text());
            return Optional.of(Secret.of(answers.remove()));
          }

          @Override
          public void giveUp() {}
        });
    assertThat(
            value(
                """
                const all = await infra.collect({ known: 'k' });
                return [all.size, all.name, String(all.password), all.password.reveal() === 'geheim', all.known, 'spare' in all];
                """))
        .isEqualTo("[3,\"web\",\"***\",true,\"k\",false]");
    assertThat(asked)
        .containsExactly(
            "name (string) ",
            "hidden password",
            "size: How many (number) ",
            "size: How many (number) `number` is expected, not a text");
  }

  @Test
  void where_nobody_can_be_asked_all_that_is_missing_is_told() {
    user.write("infra/main.tf", NEEDS);
    assertThat(failure("await infra.collect({ known: 1 });"))
        .contains("terraform.variable-missing", "`name`, `password`, `size`");
    assertThat(failure("await infra.collect({ unknown: 1 });"))
        .contains("terraform.variable-unknown");
  }
}
