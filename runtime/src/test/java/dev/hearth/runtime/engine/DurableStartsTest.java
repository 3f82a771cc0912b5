package dev.hearth.runtime.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.HearthException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reaches the world when, as seen from the journal's disk. */
class DurableStartsTest {
  private EngineFixture engine;

  @BeforeEach
  void makeEngine(@TempDir Path folder) {
    engine = new EngineFixture(folder);
    engine.disk = () -> {};
    engine.lab.reached = name -> engine.steps.add("reached " + name);
  }

  private static String recipe(String body) {
    return """
        import { call } from 'hearth:lab';
        const reach = (name) => call('reach', { name });
        export default async function ({ step }) {
        %s
        }
        """
        .formatted(body);
  }

  @Test
  void the_end_of_a_step_and_the_begin_of_the_next_wait_for_the_disk_once() {
    engine.run(
        recipe(
            """
            await step('one', () => reach('a'));
            await step('two', () => reach('b'));
            """));
    assertThat(engine.steps)
        .containsExactly(
            "began one",
            "on disk",
            "reached a",
            "finished one null",
            "began two",
            "on disk",
            "reached b",
            "finished two null");
  }

  @Test
  void steps_that_begin_together_wait_for_the_disk_once_and_none_reaches_the_world_before() {
    engine.run(
        recipe("await Promise.all([1, 2, 3, 4].map((n) => step(`${n}`, () => reach(`${n}`))));"));
    var first = engine.steps.subList(0, 5);
    assertThat(first).containsExactly("began 1", "began 2", "began 3", "began 4", "on disk");
    assertThat(engine.steps.subList(5, engine.steps.size()))
        .contains("reached 1", "reached 2", "reached 3", "reached 4", "finished 4 null");
  }

  @Test
  void what_follows_a_step_outside_of_steps_waits_as_well() {
    engine.run(recipe("await step('one', () => 1); await reach('a'); await reach('b');"));
    assertThat(engine.steps)
        .containsExactly("began one", "finished one 1", "on disk", "reached a", "reached b");
  }

  @Test
  void a_recipe_that_only_sleeps_leaves_nothing_behind_that_is_not_on_the_disk() {
    engine.run(recipe("await step('one', () => new Promise((r) => setTimeout(r, 400)));"));
    assertThat(engine.steps).containsExactly("began one", "on disk", "finished one null");
  }

  @Test
  void what_cannot_be_made_durable_keeps_its_operation_from_the_world() {
    engine.disk =
        () -> {
          throw new HearthException(LabError.NOT_THERE, "the disk");
        };
    var outcome = engine.run(recipe("await step('one', () => reach('a'));"));
    assertThat(requireNonNull(outcome.error()).code()).isEqualTo("lab.not-there");
    assertThat(engine.steps)
        .hasSize(3)
        .startsWith("began one", "on disk")
        .noneMatch(line -> line.startsWith("reached"));
  }

  @Test
  void an_operation_that_is_cancelled_while_it_waits_never_starts() {
    engine.run(
        recipe(
            """
            const abort = new AbortController();
            await step('one', async () => {
              const going = call('reach', { name: 'a' }, { signal: abort.signal });
              abort.abort();
              await going.catch(() => {});
            });
            """));
    assertThat(engine.steps).noneMatch(line -> line.startsWith("reached"));
  }
}
