package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checking recipes as somebody types it. */
class CheckCommandTest {
  private static final String SOUND =
      """
      import { proxmox } from 'hearth:proxmox';
      import { name } from './lib/names.js';
      export const recipe = {
        summary: 'Lists',
        params: { limit: { type: 'integer', default: 3 }, node: { type: 'string' } },
        permissions: { proxmox: 'read' },
      };
      throw new Error('a check ran me');
      export default async () => [name, await proxmox().nodes.list()];
      """;

  private final TypedCommand hearth = new TypedCommand();
  private Path folder = Path.of("");

  @BeforeEach
  void useFolder(@TempDir Path folder) {
    this.folder = folder;
  }

  private String file(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    return Files.writeString(file, text).toString();
  }

  private JsonNode json() throws IOException {
    return JsonMapper.builder().build().readTree(hearth.out());
  }

  /** What was printed, without the name of the folder. */
  private String here(String text) {
    return text.replace(folder + "/", "").replaceAll(" +\n", "\n");
  }

  @Test
  void a_sound_recipe_is_told_by_what_it_declares_and_is_not_run() throws IOException {
    file("lib/names.js", "export const name = 'x';\n");
    var recipe = file("sound.js", SOUND);
    assertThat(hearth.type("check", recipe)).isZero();
    assertThat(here(hearth.out()).replaceAll(" {2,}", "  "))
        .isEqualTo(
            """
            file  kind  parameters  permissions  problems
            sound.js  recipe  2  proxmox:read  0
            """);
    assertThat(hearth.err()).isEqualTo("✓ 1 file checked, nothing is wrong\n");
  }

  @Test
  void all_problems_of_all_files_are_told_each_with_its_line() throws IOException {
    var literal =
        file(
            "literal.js",
            """
            export const recipe = {
              summary: new Date(),
              summery: 'x',
            };
            export default () => {};
            """);
    var imports =
        file(
            "imports.js",
            """
            import { proxmox } from 'hearth:proxmx';
            import './lib/nmaes.js';
            export default () => proxmox();
            """);
    file("lib/names.js", "");
    assertThat(hearth.type("check", literal, imports)).isEqualTo(1);
    assertThat(here(hearth.err()))
        .contains("recipe.not-literal\n  at literal.js:2:12\n")
        .contains("recipe.unknown-key\n  at literal.js:3:3\n")
        .contains("module.unknown\n  at imports.js:1:25\n")
        .contains("hint: Did you mean `hearth:proxmox`?")
        .contains("module.missing\n  at imports.js:2:8\n")
        .contains("hint: Did you mean `./lib/names.js`?")
        .endsWith("✗ 2 files checked, 4 problems\n");
  }

  @Test
  void a_folder_means_all_that_is_in_it_but_what_others_put_there() throws IOException {
    file("lib/names.js", "export const name = 'x';\n");
    file("sound.js", SOUND);
    file("sound.test.js", "import './lib/names.js';\nexport default () => {};\n");
    file("deep/broken.js", "export default (\n");
    file("node_modules/theirs/index.js", "not JavaScript");
    file(".git/hook.js", "not JavaScript");
    file("notes.md", "not JavaScript");
    assertThat(hearth.type("check", folder.toString())).isEqualTo(1);
    assertThat(here(hearth.out()).replaceAll(" {2,}", "  "))
        .isEqualTo(
            """
            file  kind  parameters  permissions  problems
            deep/broken.js  unreadable  1
            lib/names.js  module  0
            sound.js  recipe  2  proxmox:read  0
            sound.test.js  recipe  0  none  0
            """);
  }

  @Test
  void typescript_in_a_folder_is_checked_and_declarations_are_not() throws IOException {
    file("a.ts", "export default (): number => 1;\n");
    file("b.mts", "export const b: number = 1;\n");
    file("c.d.ts", "this is not read");
    file("d.ts", "export default 1;\nenum E { A }\n");
    assertThat(hearth.type("check", folder.toString())).isEqualTo(1);
    assertThat(here(hearth.out())).contains("a.ts", "b.mts", "d.ts").doesNotContain("c.d.ts");
    assertThat(here(hearth.err())).contains("Here is an enum", "at d.ts:2:1");
  }

  @Test
  void what_needs_no_default_export_in_a_folder_needs_one_when_it_is_named() throws IOException {
    var module = file("names.js", "export const name = 'x';\n");
    assertThat(hearth.type("check", folder.toString())).isZero();
    assertThat(hearth.type("check", module)).isEqualTo(1);
    assertThat(hearth.err()).contains("recipe.no-default-export");
  }

  @Test
  void a_file_that_is_not_there_is_an_error_of_usage_and_the_others_are_checked()
      throws IOException {
    var recipe = file("plain.js", "export default () => {};\n");
    var typo = folder.resolve("plian.js").toString();
    assertThat(hearth.type("check", typo, recipe)).isEqualTo(2);
    assertThat(here(hearth.out())).contains("plain.js");
    assertThat(here(hearth.err()))
        .contains("recipe.not-found")
        .contains("Did you mean `plain.js`?");
  }

  @Test
  void a_parameter_may_not_take_a_flag_of_the_command() throws IOException {
    var recipe =
        file(
            "clash.js",
            """
            export const recipe = { params: { timeout: { type: 'string' } } };
            export default () => {};
            """);
    assertThat(hearth.type("check", recipe)).isEqualTo(1);
    assertThat(here(hearth.err())).contains("--timeout").contains("clash.js:1:");
  }

  @Test
  void a_parameter_may_not_take_the_flag_of_a_profile() throws IOException {
    var recipe =
        file(
            "clash.js",
            """
            export const recipe = { params: { profile: { type: 'string' } } };
            export default () => {};
            """);
    for (var command : List.of("check", "run")) {
      assertThat(hearth.type(command, recipe)).isNotZero();
      assertThat(hearth.err())
          .contains("`--profile` is a flag of Hearth itself", "Give the parameter another name.");
    }
  }

  @Test
  void json_has_all_of_it() throws IOException {
    file("lib/names.js", "export const name = 'x';\n");
    var recipe = file("sound.js", SOUND.replace("proxmox: 'read'", "proxmox: 'reed'"));
    assertThat(hearth.type("check", "--json", recipe)).isEqualTo(1);
    assertThat(hearth.err()).isEmpty();
    assertThat(json().path("schema").asInt()).isEqualTo(1);
    assertThat(json().path("type").asText()).isEqualTo("check");
    assertThat(json().path("exitStatus").asInt()).isEqualTo(1);
    var file = json().path("files").path(0);
    assertThat(file.path("kind").asText()).isEqualTo("recipe");
    assertThat(file.path("summary").asText()).isEqualTo("Lists");
    assertThat(file.path("parameters").toString()).isEqualTo("[\"limit\",\"node\"]");
    assertThat(file.path("problems").path(0).path("code").asText())
        .isEqualTo("permission.declared-wrong");
    assertThat(file.path("problems").path(0).path("location").path("line").asInt()).isEqualTo(6);
  }

  @Test
  void a_folder_without_recipes_and_no_name_at_all_are_errors_of_usage() {
    assertThat(hearth.type("check", folder.toString())).isEqualTo(2);
    assertThat(hearth.err()).contains("There is no `.js` or `.ts` file in the folder");
    assertThat(hearth.type("check")).isEqualTo(2);
    assertThat(hearth.err()).contains("`hearth check` needs RECIPE.");
  }

  @Test
  void control_characters_of_a_recipe_do_not_reach_the_terminal() throws IOException {
    var recipe = file("evil.js", "import 'hearth:\u001b[2J\u202e';\nexport default () => {};\n");
    assertThat(hearth.type("check", recipe)).isEqualTo(1);
    assertThat(hearth.out() + hearth.err()).doesNotContain("\u001b", "\u202e");
  }
}
