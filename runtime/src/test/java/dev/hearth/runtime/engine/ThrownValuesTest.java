package dev.hearth.runtime.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.ErrorReport;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Typical slips of recipes, as they are told. */
class ThrownValuesTest {
  private EngineFixture engine;

  @BeforeEach
  void start(@TempDir Path folder) {
    engine = new EngineFixture(folder);
  }

  private ErrorReport error(String recipe) {
    return requireNonNull(
        engine.run("import { call, echo } from 'hearth:lab';\n" + recipe).error());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for (const x of echo([1])) console.log(x);",
        "const [x] = echo([1]);",
        "return [...echo([1])];",
        "return new Map(echo([1]));",
      })
  void a_promise_used_as_its_value_asks_for_the_await(String body) {
    var error = error("export default async () => { %s };".formatted(body));
    assertThat(error.message()).contains("Promise");
    assertThat(error.hint()).isEqualTo("Did you forget `await`? This is a promise of the value.");
  }

  @Test
  void what_is_not_iterable_for_other_reasons_gets_no_such_hint() {
    assertThat(error("export default async () => { for (const x of { Promise: 1 }); };").hint())
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "undefined"})
  void throwing_nothing_says_so(String nothing) {
    var error = error("export default async () => { throw " + nothing + "; };");
    assertThat(error.message())
        .isEqualTo("The recipe threw `" + nothing + "`, which says nothing.");
    assertThat(error.hint()).isEqualTo("Throw an error: `throw new Error('what went wrong')`.");
  }

  @Test
  void a_thrown_text_has_the_line_that_threw_it() {
    var error = error("export default () => {\n  throw 'kaputt';\n};");
    assertThat(error.message()).isEqualTo("kaputt");
    assertThat(requireNonNull(error.location()).line()).isEqualTo(3);
  }

  @Test
  void what_is_stopped_because_of_the_first_failure_is_not_told_beside_it() {
    var error =
        error(
            "export default () => Promise.all([call('block'), echo(1).then(() => { throw new Error('x'); })]);");
    assertThat(error.message()).isEqualTo("x");
    assertThat(error.also()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new Proxy(() => {}, { get: () => new Proxy({}, { get: () => () => ({}) }) })",
        "new Proxy({}, { get: () => () => ({}), ownKeys() { throw 1; } })",
        "{ constructor: { name: {} } }",
        "new Proxy({}, { getPrototypeOf() { throw new Error('no'); } })",
        "Object.defineProperty(new Error('x'), 'stack', { get() { throw new Error('no'); } })",
        "Object.defineProperty(() => {}, 'name', { value: { toString: null } })",
      })
  void whatever_is_printed_ends_no_run(String object) {
    var outcome =
        engine.run(
            """
            export default () => {
              const odd = %s;
              console.log(odd);
              console.log('%%s %%o %%j', odd, odd, odd);
              console.log([odd], { odd });
            };
            """
                .formatted(object));
    assertThat(outcome.error()).isNull();
    assertThat(engine.printed).hasSize(3);
  }

  @Test
  void an_object_that_says_what_it_is_is_shown_so() {
    engine.run(
        """
        export default () => {
          const vm = { [Symbol.for('nodejs.util.inspect.custom')]: () => 'vm(100)' };
          console.log(vm, [vm]);
        };
        """);
    assertThat(engine.printed).containsExactly("vm(100) [ vm(100) ]");
  }
}
