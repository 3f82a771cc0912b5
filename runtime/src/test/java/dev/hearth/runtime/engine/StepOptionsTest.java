package dev.hearth.runtime.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step whose undo would be lost by a slip of the pen does not begin. */
class StepOptionsTest {
  private EngineFixture engine;

  @BeforeEach
  void start(@TempDir Path folder) {
    engine = new EngineFixture(folder);
  }

  private String refusal(String options) {
    var outcome =
        engine.run(
            """
            export default async ({ step }) => {
              await step('c', () => console.log('worked'), %s);
            };
            """
                .formatted(options));
    var error = requireNonNull(outcome.error());
    assertThat(engine.printed).isEmpty();
    assertThat(engine.steps).isEmpty();
    assertThat(requireNonNull(error.location()).line()).isEqualTo(2);
    return error.code() + ": " + error.message() + " " + error.hint();
  }

  @Test
  void an_unknown_option_is_refused_with_what_was_meant() {
    assertThat(refusal("{ undone: () => {} }"))
        .isEqualTo(
            "recipe.step-option-unknown: Step `c` was given the option `undone`, which steps do not"
                + " have. Use one of: undo, find, readOnly.");
    assertThat(refusal("{ Undo: () => {} }")).endsWith(" Did you mean `undo`?");
    assertThat(refusal("{ undo: () => {}, readonly: true }")).endsWith(" Did you mean `readOnly`?");
  }

  @Test
  void an_undo_that_is_no_function_is_refused() {
    assertThat(refusal("{ undo: Promise.resolve() }"))
        .isEqualTo(
            "recipe.step-undo-no-function: The `undo` of step `c` is no function. Write `{ undo:"
                + " (result) => … }`, so that it is called when the step is taken back.");
  }

  @Test
  void options_that_are_no_object_are_refused() {
    for (var options : new String[] {"() => {}", "null", "'undo'"}) {
      assertThat(refusal(options))
          .isEqualTo(
              "recipe.step-options-no-object: The options of step `c` are no object. Write `await"
                  + " step('name', () => …, { undo: (result) => … })`.");
    }
  }

  @Test
  void a_step_without_an_undo_may_say_so() {
    var outcome =
        engine.run(
            """
            export default async ({ step }) => {
              await step('a', () => 1, { undo: undefined, readOnly: true });
              await step('b', () => 2, undefined);
            };
            """);
    assertThat(outcome.error()).isNull();
    assertThat(engine.steps).hasSize(4);
  }
}
