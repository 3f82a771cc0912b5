package dev.hearth.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Globals that are made at their first use look as if they had always been there. */
class LazyGlobalsTest {
  private final EngineFixture engine;

  LazyGlobalsTest(@TempDir Path folder) {
    engine = new EngineFixture(folder);
  }

  private String result(String body) {
    var outcome = engine.run("export default function ({ signal }) { return %s; }".formatted(body));
    assertThat(outcome.error()).isNull();
    return String.valueOf(outcome.value());
  }

  @Test
  void the_runs_signal_is_of_the_global_class() {
    assertThat(result("[signal instanceof AbortSignal, signal === arguments[0].signal]"))
        .isEqualTo("[true,true]");
  }

  @Test
  void classes_that_build_on_each_other_are_one_set() {
    assertThat(
            result(
                """
                [AbortSignal.prototype instanceof EventTarget,
                 AbortSignal.abort().reason instanceof DOMException]
                """))
        .isEqualTo("[true,true]");
  }

  @Test
  void a_recipe_may_put_its_own_in_their_place() {
    assertThat(result("(globalThis.Event = 'mine', [Event, typeof EventTarget])"))
        .isEqualTo("[\"mine\",\"function\"]");
  }
}
