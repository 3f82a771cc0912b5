package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that bindings bring: recipes that are typed as commands are. */
class BindingCommandTest {
  private final TypedCommand hearth = new TypedCommand();
  private final Path home;

  BindingCommandTest(@TempDir Path home) {
    this.home = home;
    hearth.at(home);
  }

  @Test
  void it_prints_its_value_and_not_that_it_runs() {
    assertThat(hearth.type("templates", "list", "--family", "debian")).isZero();
    assertThat(hearth.out()).contains("debian-13").doesNotContain("ubuntu");
    assertThat(hearth.err()).isEmpty();
  }

  @Test
  void what_is_old_is_left_out_unless_it_is_asked_for() throws IOException {
    hearth.type("templates", "list", "--json");
    assertThat(value().findValuesAsText("status")).doesNotContain("end-of-life").isNotEmpty();
    hearth.type("templates", "list", "--status", "end-of-life", "--json");
    assertThat(value().findValuesAsText("status")).containsOnly("end-of-life");
  }

  private JsonNode value() throws IOException {
    return JsonMapper.builder().build().readTree(hearth.out()).path("value");
  }

  @Test
  void it_takes_arguments_without_their_flags() {
    assertThat(hearth.type("templates", "show", "debian")).isZero();
    assertThat(hearth.out()).contains("debian-13").contains("nocloud");
  }

  @Test
  void the_simulated_vendors_are_asked_with_simulate() {
    assertThat(hearth.type("templates", "show", "debian", "--latest", "--simulate")).isZero();
    assertThat(hearth.out()).contains("checksum");
  }

  @Test
  void what_is_wrong_is_told_as_of_every_command() {
    assertThat(hearth.type("templates", "show")).isEqualTo(2);
    assertThat(hearth.err()).contains("The parameter `name` is missing").contains("--name TEXT");
    assertThat(hearth.type("templates", "show", "debian", "more")).isEqualTo(2);
    assertThat(hearth.err())
        .contains("`more` is one argument too many for `hearth templates show`.");
    assertThat(hearth.type("templates", "shwo")).isEqualTo(2);
    assertThat(hearth.err()).contains("Did you mean `hearth templates show`?");
    assertThat(hearth.type("templates", "show", "debain")).isEqualTo(1);
    assertThat(hearth.err()).contains("debian");
  }

  @Test
  void a_template_is_refreshed_by_its_name_alone() throws IOException {
    var recipe =
        Files.writeString(
            home.resolve("build.js"),
            """
            import { templates } from 'hearth:templates';
            export const recipe = { permissions: { proxmox: 'write', images: 'read' } };
            export default ({ step }) =>
              templates().ensure({ name: 'web', image: 'alpine', node: 'pve', storage: 'local-lvm' }, { step });
            """);
    var simulate = "--simulate=" + home.resolve("world.json");
    assertThat(hearth.type("run", simulate, recipe.toString())).isZero();

    int status = hearth.type("templates", "refresh", "web", "--json", simulate);
    assertThat(status).as(hearth.out() + hearth.err()).isZero();
    assertThat(value().path("action").asText()).isEqualTo("none");

    assertThat(hearth.type("templates", "leftovers", "--older-than", "2h", "--remove", simulate))
        .isZero();

    assertThat(hearth.type("templates", "refresh", "other", simulate)).isEqualTo(4);
    assertThat(hearth.err()).contains("There is no template `other` of Hearth.");
  }

  @Test
  void terraform_is_asked_for_by_its_version_and_nothing_is_installed_unasked() throws IOException {
    assertThat(hearth.type("terraform", "list", "--json")).isZero();
    assertThat(value()).isEmpty();
    assertThat(hearth.type("terraform", "install")).isEqualTo(2);
    assertThat(hearth.err()).contains("The parameter `version` is missing");
    assertThat(hearth.type("terraform", "install", "latest")).isEqualTo(2);
    assertThat(hearth.err()).contains("`latest` is no version of Terraform or OpenTofu.");
    assertThat(hearth.type("terraform", "remove", "1.11.4", "--json")).isZero();
    assertThat(value().path("removed").asBoolean()).isFalse();
  }

  @Test
  void ansible_is_installed_by_a_version_alone_and_nothing_is_unasked() throws IOException {
    assertThat(hearth.type("ansible", "list", "--json")).isZero();
    assertThat(value()).isEmpty();
    assertThat(hearth.type("ansible", "install", "--version", "latest")).isEqualTo(1);
    assertThat(hearth.err()).contains("`version` is no version of ansible-core");
    assertThat(hearth.type("ansible", "install", "--locked", "/nosuch.lock")).isEqualTo(1);
    assertThat(hearth.err()).contains("There is nothing at `/nosuch.lock`.");
    assertThat(hearth.type("ansible", "remove", "2.19.11", "--json")).isZero();
    assertThat(value().path("removed").asBoolean(true)).isFalse();
  }

  @Test
  void its_parameters_are_completed() {
    hearth.type("__complete", "templates", "list", "--stat");
    assertThat(hearth.out()).isEqualTo("--status\tonly with this status\n");
    hearth.type("__complete", "templates", "list", "--firmware", "");
    assertThat(hearth.out()).contains("bios\t\nuefi\t\n");
  }

  @Test
  void its_help_is_a_commands() {
    assertThat(hearth.type("templates", "show", "--help")).isZero();
    assertThat(hearth.out())
        .startsWith("Show what is known of a distribution’s image.\n")
        .contains("Usage: hearth templates show NAME [PARAMETERS]")
        .contains("--latest")
        .contains("--simulate")
        .doesNotContain("allowed to");
    assertThat(hearth.type("templates", "--help")).isZero();
    assertThat(hearth.out()).contains("templates list").contains("templates show");
    assertThat(hearth.type("--help")).isZero();
    assertThat(hearth.out()).contains("templates list");
  }
}
