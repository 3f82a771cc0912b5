package dev.hearth.runtime.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an op's record needs is asked for before the op sees it. */
class OpArgumentTest {
  private EngineFixture engine;

  @BeforeEach
  void start(@TempDir Path folder) {
    engine = new EngineFixture(folder);
  }

  private String refusal(String op, String argument) {
    var outcome =
        engine.run(
            """
            import { call } from 'hearth:lab';
            export default () => call('%s', %s);
            """
                .formatted(op, argument));
    var error = requireNonNull(outcome.error());
    assertThat(error.code()).as(argument).isEqualTo("recipe.op-argument");
    return error.message().replace("`lab." + op + "` was called with a wrong argument: ", "")
        + " "
        + error.hint();
  }

  @Test
  void a_field_that_is_absent_or_null_is_missing() {
    assertThat(refusal("fail", "undefined")).isEqualTo("`name` is missing. Give `name`.");
    assertThat(refusal("fail", "{ name: null }")).startsWith("`name` is missing.");
    assertThat(refusal("timed", "{ count: 1 }"))
        .isEqualTo("`duration` is missing. Give `duration`.");
    assertThat(refusal("timed", "{ duration: '1s', count: NaN }"))
        .startsWith("`count` is missing.");
    assertThat(refusal("echo", "{}")).startsWith("`value` is missing.");
  }

  @Test
  void what_stands_inside_of_records_lists_and_maps_is_asked_for_too() {
    assertThat(refusal("order", "{ lines: [{ item: 'a' }, {}] }"))
        .startsWith("`lines[1].item` is missing.");
    assertThat(refusal("order", "{ lines: [null] }")).startsWith("`lines[0]` is missing.");
    assertThat(refusal("order", "{ lines: [{ item: 'a', notes: ['x', null] }] }"))
        .startsWith("`lines[0].notes[1]` is missing.");
    assertThat(refusal("order", "{ lines: [], labels: { a: { item: 'x' }, b: {} } }"))
        .startsWith("`labels.b.item` is missing.");
    assertThat(refusal("order", "{ lines: [5] }")).startsWith("`lines[0]` takes an object.");
  }

  @Test
  void a_misspelt_field_is_answered_with_what_was_meant() {
    assertThat(refusal("fail", "{ nmae: 'x' }"))
        .isEqualTo("it has no option `nmae`. Did you mean `name`?");
    assertThat(refusal("order", "{ lines: [{ itm: 'a' }] }"))
        .isEqualTo("`lines[0]` has no option `itm`. Did you mean `item`?");
    assertThat(refusal("fail", "{ colour: 'x' }"))
        .isEqualTo("it has no option `colour`. Use one of: name.");
    assertThat(refusal("order", "{ rest: { lins: [] } }"))
        .isEqualTo("`lines` is missing. You gave `lins`; write `lines`.");
  }

  @Test
  void what_is_no_object_is_refused() {
    for (var argument : new String[] {"null", "[]", "5", "''", "'x'", "true"}) {
      assertThat(refusal("fail", argument)).startsWith("the argument takes an object.");
    }
    assertThat(refusal("timed", "{ duration: '1s', count: '' }"))
        .startsWith("`count` takes a whole number.");
  }

  @Test
  void what_may_be_absent_may_be_null_and_what_is_open_takes_every_name() {
    var outcome =
        engine.run(
            """
            import { call } from 'hearth:lab';
            export default async () => [
              await call('order', { lines: [{ item: 'a', notes: null }], rest: { any: null } }),
              await call('order', { lines: [], labels: undefined }),
              await call('echo', { value: null }),
            ];
            """);
    assertThat(outcome.error()).isNull();
    assertThat(outcome.value()).hasToString("[1,0,null]");
  }
}
