package dev.hearth.stdlib.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.stdlib.UserHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** recipes/terraform/environments.js, with the real program. */
class TerraformRecipesTest {
  private static final Path RECIPE =
      Path.of(System.getProperty("basedir", "."), "..", "recipes", "terraform", "environments.js");

  private UserHome user;
  private Path folder;

  @BeforeEach
  void start(@TempDir Path home) {
    folder = home;
    user =
        new UserHome(home, "terraform")
            .variable("PATH", String.valueOf(System.getenv("PATH")))
            .write(
                "modules/web/main.tf",
                """
                terraform {
                  required_version = ">= 1.5"
                }
                variable "size" {
                  description = "How many"
                  type        = number
                }
                variable "disks" {
                  type = list(object({
                    size = number
                    kind = optional(string, "ssd")
                  }))
                  default = []
                }
                variable "note" {
                  default = "${literally}"
                }
                variable "password" {
                  type      = string
                  sensitive = true
                  default   = null
                }
                resource "terraform_data" "web" {
                  input = { size = var.size, disks = var.disks, note = var.note }
                }
                output "web" {
                  value = terraform_data.web.output
                }
                """
                    .replace("${literally}", "$${literally}"));
  }

  private RunResult run(String environments) throws Exception {
    var request =
        RunRequest.of(RECIPE.toAbsolutePath().normalize())
            .allow("terraform:write")
            .allow("read=" + folder)
            .allow("write=" + folder)
            .param("module", json("\"" + folder.resolve("modules/web") + "\""))
            .param("out", json("\"" + folder.resolve("environments") + "\""))
            .param("environments", json(environments));
    return Hearth.builder()
        .home(user.path().resolve("hearth"))
        .environment(user::get)
        .build()
        .run(request, event -> {});
  }

  private static com.fasterxml.jackson.databind.JsonNode json(String text) throws IOException {
    return TerraformProgram.MAPPER.readTree(text);
  }

  @Test
  void each_environment_is_valid_and_applies_its_own_values() throws Exception {
    var all = "{\"dev\":{\"size\":1},\"prod\":{\"size\":3,\"disks\":[{\"size\":20}]}}";
    var first = run(all);
    assertThat(first.error()).isNull();
    assertThat(String.valueOf(first.value())).contains("\"changed\":true");
    assertThat(Files.readString(folder.resolve("environments/prod/main.tf.json")))
        .contains("\"source\": \"../../modules/web\"");
    assertThat(
            user.value(
                """
                const prod = terraform({ dir: '%s/environments/prod' });
                await (await prod.plan()).apply();
                return (await prod.output()).web;
                """
                    .formatted(folder),
                "terraform:write",
                "read=" + folder,
                "write=" + folder))
        .isEqualTo(
            "{\"disks\":[{\"kind\":\"ssd\",\"size\":20}],\"note\":\"${literally}\",\"size\":3}");
    assertThat(String.valueOf(run(all).value())).startsWith("{\"changed\":false");
  }

  @Test
  void a_value_that_does_not_fit_is_refused_before_anything_is_written() throws Exception {
    assertThat(UserHome.text(run("{\"dev\":{\"size\":\"many\"}}")))
        .contains("terraform.variable-value", "`size`");
    assertThat(UserHome.text(run("{\"dev\":{\"size\":1,\"sice\":1}}")))
        .contains("terraform.variable-unknown", "`size` is the closest");
    assertThat(UserHome.text(run("{\"../dev\":{\"size\":1}}"))).contains("cannot be a folder");
    assertThat(folder.resolve("environments")).doesNotExist();
  }
}
