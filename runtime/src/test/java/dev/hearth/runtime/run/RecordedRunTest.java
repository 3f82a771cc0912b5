package dev.hearth.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunRequest.OnError;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.testing.RecipeTester;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recipe's steps leave behind, from the recipe to {@code hearth runs show}. */
class RecordedRunTest {
  private final Path home;
  private final Path recipe;
  private final RecipeTester hearth;

  RecordedRunTest(@TempDir Path temp) {
    home = temp.resolve("home");
    recipe = temp.resolve("project/recipe.js");
    hearth = RecipeTester.with(home, List.of());
  }

  private RunResult run(String text) throws Exception {
    write(recipe, text);
    return hearth.run(recipe);
  }

  private static void write(Path file, String text) throws Exception {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  private RunStore store() throws Exception {
    if (Files.notExists(home)) {
      return new RunStore(home, Clock.system());
    }
    try (var all = Files.walk(home)) {
      var runs = all.filter(path -> path.endsWith("runs")).findFirst();
      return new RunStore(runs.map(path -> path.resolveSibling("")).orElse(home), Clock.system());
    }
  }

  @Test
  void steps_their_results_and_their_undo_are_shown_after_the_run() throws Exception {
    write(
        recipe,
        """
        export default async function ({ step }) {
          await step('look', () => undefined);
          await step('create', () => ({ vmid: 9000 }), { undo: () => {} });
          await step('start', () => { throw new Error('no'); });
        }
        """);
    var result = hearth.run(recipe, request -> request.onError(OnError.UNDO));

    assertThat(result.status()).isEqualTo(RunResult.Status.FAILED);
    assertThat(result.exitStatus()).isEqualTo(1);
    var shown = store().show(result.run());
    assertThat(shown.summary().state()).isEqualTo(RunState.UNDONE);
    assertThat(shown.steps())
        .extracting(RunDetails.Step::name, RunDetails.Step::state, RunDetails.Step::result)
        .containsExactly(
            tuple("look", RunDetails.StepState.FINISHED, null),
            tuple("create", RunDetails.StepState.UNDONE, RunFixture.json("{\"vmid\":9000}")),
            tuple("start", RunDetails.StepState.FAILED, null));
  }

  @Test
  void a_step_named_twice_fails_at_its_line_and_stops_half_way() throws Exception {
    var result =
        run(
            """
            export default async function ({ step }) {
              for (const name of ['a', 'b']) {
                await step('create', () => name);
              }
            }
            """);
    assertThat(result.exitStatus()).isEqualTo(11);
    assertThat(hearth.error())
        .isEqualTo(
            """
            error: There are two steps with the name `create` in this run.  run.step-repeated
              at recipe.js:3:11
                 3 |     await step('create', () => name);
                   |           ^
              hint: Give each its own name; in a loop and in `Promise.all` add what differs: step(`create ${item.name}`, …).
            """);
  }

  @Test
  void a_projects_settings_hold_for_its_recipes() throws Exception {
    write(
        recipe.resolveSibling(".hearth/settings.json"),
        "{ \"limits\": { \"stepResultBytes\": \"1KiB\" } }");
    var result =
        run(
            """
            export default async function ({ step }) {
              await step('list', () => 'x'.repeat(2000));
            }
            """);
    assertThat(result.error())
        .isNotNull()
        .satisfies(
            error -> {
              assertThat(error.code()).isEqualTo("run.step-result-too-big");
              assertThat(error.message())
                  .isEqualTo(
                      "The result of step `list` has 2002 bytes; at most 1024 are recorded.");
            });
    assertThat(result.exitStatus()).isEqualTo(11);
  }

  @Test
  void a_project_that_allows_itself_more_is_refused_before_anything_runs() throws Exception {
    write(
        recipe.resolveSibling(".hearth/settings.json"), "{ \"limits\": { \"processes\": 1000 } }");
    assertThatThrownBy(() -> run("export default () => 1;"))
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> assertThat(e.id()).isEqualTo("settings.project-allows-more"));
    assertThat(store().list(10)).isEmpty();
  }
}
