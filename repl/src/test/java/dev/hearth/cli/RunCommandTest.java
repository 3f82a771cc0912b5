package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Running a recipe as somebody types it, with the real engine. */
class RunCommandTest {
  private static final String GREETING =
      """
      export const recipe = {
        summary: 'Greets somebody',
        params: {
          name: { type: 'string', summary: 'who is greeted', required: true },
          memory: { type: 'integer', unit: 'MiB', minimum: 512, default: 2048 },
          loud: { type: 'boolean', default: false },
          size: { type: 'string', enum: ['small', 'big'], default: 'small' },
        },
      };
      export default async function ({ params, step, log }) {
        const text = await step('greet', () => `hello ${params.name}`);
        log.info('greeted', { loud: params.loud });
        console.log(text);
        return { text, memory: params.memory };
      }
      """;

  private final TypedCommand hearth = new TypedCommand();
  private Path folder = Path.of("");

  @BeforeEach
  void useFolder(@TempDir Path folder) throws IOException {
    this.folder = folder;
    hearth.set("HEARTH_STATE_HOME", folder.resolve("state").toString());
    hearth.set("HEARTH_CONFIG_HOME", folder.resolve("config").toString());
    hearth.set("HEARTH_DATA_HOME", folder.resolve("data").toString());
    hearth.set("HEARTH_CACHE_HOME", folder.resolve("cache").toString());
    Files.createDirectory(folder.resolve("recipes"));
  }

  private String recipe(String text) throws IOException {
    return Files.writeString(folder.resolve("recipes/recipe.js"), text).toString();
  }

  private List<JsonNode> jsonLines() throws IOException {
    var lines = new ArrayList<JsonNode>();
    for (var line : hearth.out().lines().toList()) {
      lines.add(JsonMapper.builder().build().readTree(line));
    }
    return lines;
  }

  @Test
  void what_it_prints_and_returns_is_data_and_the_rest_is_not() throws IOException {
    var recipe = recipe(GREETING);
    assertThat(hearth.type("run", recipe, "--name", "Welt", "--memory=4GiB", "--loud")).isZero();
    assertThat(hearth.out())
        .isEqualTo(
            """
            hello Welt
            text    hello Welt
            memory  4096
            """);
    assertThat(hearth.err())
        .contains("  … greet\n", "  ✓ greet  ", "  greeted  loud=true\n", "✓ done in ");
  }

  @Test
  void a_flag_can_say_no() throws IOException {
    hearth.type("run", recipe(GREETING), "--no-loud", "--name=x");
    assertThat(hearth.err()).contains("greeted  loud=false");
  }

  @Test
  void json_is_one_event_per_line_and_ends_with_the_result() throws IOException {
    assertThat(hearth.type("run", "--json", recipe(GREETING), "--name", "x")).isZero();
    assertThat(hearth.err()).isEmpty();
    var types = jsonLines().stream().map(line -> line.path("type").asText()).toList();
    assertThat(types)
        .startsWith("started", "step-started", "step-finished")
        .endsWith("finished")
        .isSubsetOf(RunEvent.types());
    assertThat(jsonLines().getLast().path("value").path("memory").asInt()).isEqualTo(2048);
  }

  @Test
  void everything_that_is_wrong_is_told_at_once() throws IOException {
    assertThat(hearth.type("run", recipe(GREETING), "--memory", "3", "--size", "medium"))
        .isEqualTo(2);
    assertThat(hearth.err())
        .contains("The parameter `memory` must be at least 512 MiB")
        .contains("also: The parameter `size` must be one of `small`, `big`")
        .contains("also: The parameter `name` is missing");
  }

  @Test
  void a_mistyped_parameter_is_answered_with_the_nearest() throws IOException {
    assertThat(hearth.type("run", recipe(GREETING), "--memroy", "3")).isEqualTo(2);
    assertThat(hearth.err()).contains("hint: Did you mean `--memory`?");
  }

  @Test
  void parameters_come_from_a_file_and_from_the_environment() throws IOException {
    var file = Files.writeString(folder.resolve("p.yaml"), "name: file\nmemory: 1GiB\n");
    hearth.set("HEARTH_PARAM_NAME", "variable").set("HEARTH_PARAM_MEMORY", "600");
    hearth.type("run", recipe(GREETING), "--params", file.toString());
    assertThat(hearth.out()).contains("text    hello file").contains("memory  1024");
    hearth.type("run", recipe(GREETING));
    assertThat(hearth.out()).contains("text    hello variable").contains("memory  600");
  }

  @Test
  void help_fits_a_description_to_the_page_and_leaves_out_defaults_that_are_empty()
      throws IOException {
    var recipe =
        recipe(
            """
            export const recipe = {
              summary: 'Describes itself',
              description: `One sentence that was broken
            where the recipe's editor ended.

            - a list
            - of two`,
              params: {
                tags: { type: 'array', items: { type: 'string' }, summary: 'tags', default: [] },
                notes: { type: 'string', summary: 'notes', default: '' },
                count: { type: 'integer', summary: 'how many', default: 0 },
              },
            };
            export default () => {};
            """);

    assertThat(hearth.type("run", recipe, "--help")).isZero();

    assertThat(hearth.out())
        .startsWith(
            """
            Describes itself

            One sentence that was broken where the recipe's editor ended.

            - a list
            - of two

            Usage: hearth run\s""")
        .contains(
            """
            Parameters:
              --tags TEXT,…   tags
              --notes TEXT    notes
              --count NUMBER  how many  [default: 0]
            """);
  }

  @Test
  void help_tells_what_the_recipe_says_of_itself_and_runs_nothing() throws IOException {
    var recipe = recipe("throw new Error('I run');\n" + GREETING);
    assertThat(hearth.type("run", recipe, "--help")).isZero();
    assertThat(hearth.out().replace(recipe, "recipe.js"))
        .isEqualTo(
            """
            Greets somebody

            Usage: hearth run recipe.js NAME [PARAMETERS]

            Parameters:
              --name TEXT       who is greeted  [required]
              --memory MiB      [default: 2048 MiB]
              --[no-]loud       [default: false]
              --size small|big  [default: small]

            Example:
              hearth run recipe.js --name TEXT --simulate

            More:
              hearth run --help  shows the options of every run
            """);
  }

  @Test
  void help_offers_a_simulator_where_there_is_one() throws IOException {
    var asking = "export const recipe = { permissions: { %s } }; export default () => 1;";
    hearth.type("run", recipe(asking.formatted("proxmox: 'read', read: ['a']")), "--help");
    assertThat(hearth.out()).containsPattern("Example:\n  hearth run \\S+ --simulate\n");
    hearth.type("run", recipe(asking.formatted("proxmox: 'read', ansible: 'write'")), "--help");
    assertThat(hearth.out()).containsPattern("Example:\n  hearth run \\S+\n");
  }

  @Test
  void what_a_run_needs_may_be_typed_without_its_flag() throws IOException {
    var recipe = recipe(GREETING);
    assertThat(hearth.type("run", recipe, "Ada", "--loud")).isZero();
    assertThat(hearth.out()).contains("hello Ada");
    assertThat(hearth.type("run", recipe, "--name=Ada", "Bob")).isEqualTo(2);
    assertThat(hearth.err().replace(recipe, "recipe.js"))
        .contains("`Bob` is one argument too many for `hearth run recipe.js`.");
    assertThat(hearth.type("run", recipe, "Ada", "Bob")).isEqualTo(2);
    assertThat(hearth.err()).contains("`Bob` is one argument too many");
  }

  @Test
  void a_failure_shows_its_line_the_run_and_what_to_type_next() throws IOException {
    var recipe =
        recipe(
            """
            export default async function ({ step }) {
              await step('one', () => 1);
              throw new Error('no luck');
            }
            """);
    assertThat(hearth.type("run", recipe)).isEqualTo(11);
    assertThat(hearth.err())
        .contains("error: no luck")
        .contains("recipe.js:3:")
        .contains("     3 |   throw new Error('no luck');")
        .contains("stopped after 1 finished step")
        .containsPattern("next: hearth resume (\\d{8}-\\d{6}-\\w{4}), or hearth undo \\1\n");
    assertThat(hearth.type("runs", "list")).isZero();
    assertThat(hearth.out()).contains("stopped");
  }

  @Test
  void what_is_not_granted_is_refused_without_a_terminal_and_allowed_by_a_flag()
      throws IOException {
    var recipe =
        recipe(
            """
            export const recipe = { permissions: { env: ['LANG'] } };
            export default () => 'ran';
            """);
    assertThat(hearth.type("run", recipe)).isEqualTo(3);
    assertThat(hearth.err()).contains("--allow-env=LANG");
    assertThat(hearth.type("run", recipe, "--allow-env", "LANG")).isZero();
    assertThat(hearth.out()).isEqualTo("ran\n");
    assertThat(hearth.type("run", recipe, "--yes")).isZero();
  }

  @Test
  void undo_can_be_asked_for() throws IOException {
    var recipe =
        recipe(
            """
            export default async function ({ step }) {
              await step('one', () => 1, { undo: () => console.log('taken back') });
              throw new Error('no luck');
            }
            """);
    assertThat(hearth.type("run", recipe, "--on-error", "undo")).isEqualTo(1);
    assertThat(hearth.out()).isEqualTo("taken back\n");
    assertThat(hearth.err()).contains("↶ undone: one").contains("✗ failed, 1 step undone");
  }

  @Test
  void a_time_limit_ends_it() throws IOException {
    var recipe = recipe("export default () => { for (;;); };");
    assertThat(hearth.type("run", recipe, "--timeout", "200ms")).isEqualTo(5);
    assertThat(hearth.type("run", recipe, "--timeout", "soon")).isEqualTo(2);
    assertThat(hearth.err()).contains("--timeout cannot be `soon`.").contains("such as 90s");
  }

  @Test
  void a_parameter_cannot_take_a_flag_of_hearths_own() throws IOException {
    var recipe =
        recipe(
            "export const recipe = { params: { timeout: { type: 'string' } } };\n"
                + "export default 1;");
    assertThat(hearth.type("run", recipe)).isEqualTo(1);
    assertThat(hearth.err()).contains("`--timeout` is a flag of Hearth itself");
  }

  @Test
  void simulate_takes_the_recipe_behind_it_for_a_recipe() throws IOException {
    assertThat(hearth.type("run", "--simulate", recipe("export default () => 'ran';"))).isZero();
    assertThat(hearth.err()).contains("simulated");
  }

  @Test
  void a_recipe_in_typescript_runs_and_fails_at_the_line_as_it_was_written() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("recipes/recipe.ts"),
            """
            import type { Nothing } from './nowhere.ts';
            type Params = { name: string; loud: boolean };
            export const recipe = {
              params: { name: { type: 'string' }, loud: { type: 'boolean', default: false } },
            } as const satisfies object;
            export default function ({ params }: { params: Params }): { text: string } | Nothing {
              if (params.loud as boolean) throw new Error(`${params.name!}!`);
              return { text: params.name satisfies string };
            }
            """);
    assertThat(hearth.type("run", file.toString(), "--name", "Ada")).isZero();
    assertThat(hearth.out()).isEqualTo("text  Ada\n");

    assertThat(hearth.type("run", file.toString(), "--name", "Ada", "--loud")).isEqualTo(1);
    assertThat(hearth.err())
        .contains(
            """
            recipe.ts:7:37
                 7 |   if (params.loud as boolean) throw new Error(`${params.name!}!`);
                   |                                     ^
            """);
  }

  @Test
  void a_recipe_that_is_not_there_is_answered_with_the_nearest() throws IOException {
    var recipe = recipe("export default 1;");
    assertThat(hearth.type("run", recipe.replace("recipe.js", "recipy.js"))).isEqualTo(2);
    assertThat(hearth.err()).contains("Did you mean `" + recipe + "`?");
  }
}
