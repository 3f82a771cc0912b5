package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bad input gets an error that says what is wrong, where, and what to do next. */
@Timeout(120)
class BadInputTest {
  private static final String LISTS_IMAGES =
      """
      import { images } from 'hearth:images';
      export default async () => (await images().list()).length > 0;
      """;

  private final TypedCommand hearth = new TypedCommand();
  private Path folder = Path.of("");

  @BeforeEach
  void useFolder(@TempDir Path folder) {
    this.folder = folder;
    hearth.set("HEARTH_STATE_HOME", folder.resolve("state").toString());
    hearth.set("HEARTH_CONFIG_HOME", folder.resolve("config").toString());
    hearth.set("HEARTH_DATA_HOME", folder.resolve("data").toString());
    hearth.set("HEARTH_CACHE_HOME", folder.resolve("cache").toString());
  }

  private String recipe(String text) throws IOException {
    return Files.writeString(folder.resolve("recipe.js"), text).toString();
  }

  @Test
  void a_simulated_system_needs_no_declaration_but_a_warning_says_that_a_real_one_does()
      throws IOException {
    var recipe =
        recipe(
            """
            import { images } from 'hearth:images';
            export default async () => {
              await images().list();
              return (await images().list()).length > 0;
            };
            """);
    assertThat(hearth.type("run", "--simulate", recipe)).as(hearth.err()).isZero();
    assertThat(hearth.out()).isEqualTo("true\n");
    assertThat(hearth.err())
        .containsOnlyOnce(
            "The recipe does not declare that it will read from images; a real run would refuse"
                + " that. Add `images: 'read'` to its `permissions`.");
  }

  @Test
  void what_is_declared_or_granted_by_a_flag_is_not_warned_of() throws IOException {
    assertThat(hearth.type("run", "--simulate", "--allow-images:read", recipe(LISTS_IMAGES)))
        .isZero();
    assertThat(hearth.err()).doesNotContain("declare");
    var declared =
        recipe("export const recipe = { permissions: { images: 'read' } };\n" + LISTS_IMAGES);
    assertThat(hearth.type("run", "--simulate", declared)).isZero();
    assertThat(hearth.err()).doesNotContain("declare");
  }

  @Test
  void a_refusal_advises_what_the_documentation_writes() throws IOException {
    assertThat(hearth.type("run", recipe(LISTS_IMAGES))).isEqualTo(3);
    assertThat(hearth.err())
        .contains(
            "Add `images: 'read'` to the `permissions` of the recipe, or run it with"
                + " `--allow-images:read`.");
  }

  @Test
  void a_chosen_connection_must_exist_before_anything_runs() throws IOException {
    var recipe = recipe("console.log('ran'); export default () => 1;");
    assertThat(hearth.type("run", "--connection", "proxmx=lab", recipe)).isEqualTo(2);
    assertThat(hearth.err())
        .contains("There are no connections to `proxmx`.", "connection.binding-unknown")
        .contains("hint: Did you mean `proxmox`?");
    assertThat(hearth.type("run", "--simulate", "--connection", "foo=nope", recipe)).isEqualTo(2);
    assertThat(hearth.err())
        .contains(
            "hint: There are connections to: ansible, docker, kubernetes, proxmox, ssh, terraform.");
    assertThat(hearth.type("run", "--connection", "proxmox=lab", recipe)).isEqualTo(2);
    assertThat(hearth.err()).contains("There is no connection `lab` to proxmox.");
    assertThat(hearth.out()).isEmpty();
    assertThat(hearth.type("run", "--simulate", "--connection", "proxmox=lab", recipe)).isZero();
  }

  @Test
  void what_is_no_file_is_no_recipe() throws Exception {
    assertThat(hearth.type("run", folder.toString())).isEqualTo(2);
    assertThat(hearth.err())
        .contains("`" + folder + "` is no recipe: it is a folder.")
        .contains("hint: Name a JavaScript or TypeScript file.");
    assertThat(hearth.type("run", "")).isEqualTo(2);
    assertThat(hearth.err()).contains("`` is no recipe: it is an empty name.");
  }

  @Test
  void standard_input_is_no_recipe() {
    for (var command : List.of("run", "check")) {
      hearth.input("export default () => 1;");
      assertThat(hearth.type(command, "-")).as(command).isEqualTo(2);
      assertThat(hearth.err().replaceAll("\\s+", " "))
          .isEqualTo(
              "error: A recipe cannot be read from standard input. cli.recipe-from-input hint: Save"
                  + " it as a file and name that; code without a file is for `hearth eval CODE` and"
                  + " `hearth repl`. ");
    }
  }

  @Test
  void a_recipe_may_stand_behind_two_dashes() throws IOException {
    assertThat(hearth.type("run", "--", recipe("export default () => 7;"))).isZero();
    assertThat(hearth.out()).isEqualTo("7\n");
  }

  @ParameterizedTest
  @EnumSource(CommandName.class)
  void no_command_takes_an_odd_argument_for_a_bug(CommandName name) {
    var words = List.of(name.words().split(" ", -1));
    for (var odd :
        List.of(
            List.<String>of(),
            List.of("-"),
            List.of("--"),
            List.of(""),
            List.of("-", "-"),
            List.of("", ""),
            List.of("--", "-"),
            List.of("--", ""),
            List.of("--", "--"),
            List.of("proxmox", "-"),
            List.of("proxmox", ""))) {
      if (name == CommandName.SIM && odd.contains("proxmox")) {
        continue; // it would serve
      }
      if (name == CommandName.TYPES && (odd.isEmpty() || odd.stream().allMatch("--"::equals))) {
        continue; // that is no odd argument but the folder of these tests, which stays as it is
      }
      var typed = Stream.concat(words.stream(), odd.stream()).toArray(String[]::new);
      assertThat(hearth.type(typed)).as("%s %s: %s", words, odd, hearth.err()).isNotEqualTo(70);
    }
  }

  @Test
  void a_pipe_makes_nobody_wait() throws Exception {
    var pipe = folder.resolve("pipe.json");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    var recipe = recipe("export default () => 1;");
    assertThat(hearth.type("run", pipe.toString())).isEqualTo(2);
    assertThat(hearth.err()).contains("is no recipe: it is a pipe, a socket or a device.");
    assertThat(hearth.type("run", recipe, "--params", pipe.toString())).isEqualTo(2);
    assertThat(hearth.err()).contains("cannot be read: it is a pipe, a socket or a device.");
    assertThat(hearth.type("run", recipe, "--simulate=" + pipe)).isEqualTo(2);
    assertThat(hearth.err()).contains("is no file: it is a pipe, a socket or a device.");
  }

  @Test
  void parameters_come_from_standard_input() throws IOException {
    var recipe =
        recipe(
            """
            export const recipe = { params: { size: { type: 'integer', required: true } } };
            export default ({ params }) => params.size;
            """);
    hearth.input("{ \"size\": 5 }\n");
    assertThat(hearth.type("run", recipe, "--params", "-")).as(hearth.err()).isZero();
    assertThat(hearth.out()).isEqualTo("5\n");
    hearth.input("size: 6\n");
    assertThat(hearth.type("run", recipe, "--params=-")).isZero();
    assertThat(hearth.out()).isEqualTo("6\n");
    hearth.input("{ \"size\": 5 } {}");
    assertThat(hearth.type("run", recipe, "--params", "-")).isEqualTo(2);
    assertThat(hearth.err())
        .contains(
            "The parameter file `standard input` is wrong: something follows its value.",
            "at standard input:1:");
  }

  @Test
  void all_arguments_that_are_missing_are_named_at_once() {
    assertThat(hearth.type("connect", "show")).isEqualTo(2);
    assertThat(hearth.err()).contains("`hearth connect show` needs BINDING and CONNECTION.");
    assertThat(hearth.type("connect", "show", "proxmox")).isEqualTo(2);
    assertThat(hearth.err()).contains("`hearth connect show` needs CONNECTION.");
  }

  @Test
  void a_repl_prints_no_json() {
    assertThat(hearth.type("--json", "repl")).isEqualTo(2);
    assertThat(hearth.type("repl", "--json")).isEqualTo(2);
    assertThat(hearth.out()).contains("\"cli.no-json\"");
  }

  @Test
  void what_has_no_connection_is_not_shown_as_one() throws IOException {
    assertThat(hearth.type("run", "--allow-images:read", recipe(LISTS_IMAGES))).isZero();
    hearth.type("runs", "list", "--json");
    var id = hearth.out().replaceAll("(?s).*\"run\":\"([^\"]+)\".*", "$1");
    assertThat(hearth.type("runs", "show", id)).isZero();
    assertThat(hearth.out()).contains("journal").doesNotContain("used");
  }

  @Test
  void a_run_of_no_time_is_no_run() throws IOException {
    assertThat(hearth.type("run", recipe("export default 1;"), "--timeout", "0s")).isEqualTo(2);
    assertThat(hearth.err()).contains("--timeout cannot be `0s`.");
  }

  @Test
  void help_says_which_parameters_may_be_missing() throws IOException {
    var recipe =
        recipe(
            """
            export const recipe = { params: { note: { type: 'string', summary: 'a note' } } };
            export default () => 1;
            """);
    assertThat(hearth.type("run", recipe, "--help")).isZero();
    assertThat(hearth.out()).contains("  --note TEXT  a note  [optional]\n");
  }

  @Test
  void an_address_without_credentials_in_the_environment_names_the_variable() throws IOException {
    hearth.set("HEARTH_PROXMOX_URL", "https://127.0.0.1:8006");
    var recipe =
        recipe(
            """
            import { proxmox } from 'hearth:proxmox';
            export const recipe = { permissions: { proxmox: 'read' } };
            export default () => proxmox().vms.list();
            """);
    assertThat(hearth.type("run", "--allow-proxmox:read", recipe)).isEqualTo(2);
    assertThat(hearth.err()).contains("hint: Set `HEARTH_PROXMOX_TOKEN` to an API token");
  }
}
