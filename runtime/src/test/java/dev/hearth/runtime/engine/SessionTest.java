package dev.hearth.runtime.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the REPL stands on. */
class SessionTest {
  private EngineFixture engine;
  private SessionExecution session;

  SessionTest(@TempDir Path folder) {
    engine = new EngineFixture(folder);
    session = engine.session();
  }

  @BeforeEach
  void files() {
    engine.file("lib.js", "export const three = 3;");
  }

  @AfterEach
  void close() {
    session.close();
  }

  private @Nullable String text(String typed) throws InterruptedException {
    var evaluated = session.evaluate(typed);
    assertThat(evaluated.error()).as(typed).isNull();
    return evaluated.text();
  }

  @Test
  void the_last_expression_is_the_value() throws InterruptedException {
    assertThat(text("1 + 1 // two")).isEqualTo("2");
    assertThat(text("const a = 5; a * 2;")).isEqualTo("10");
    assertThat(text("(1, 2)")).isEqualTo("2");
    assertThat(text("'text'")).isEqualTo("'text'");
    assertThat(text("null")).isEqualTo("null");
    assertThat(text("undefined")).isNull();
    assertThat(text("let x = 1")).isNull();
    assertThat(text("{ a: 1 }")).isEqualTo("{ a: 1 }");
    assertThat(text("{ let b = 1; }")).isNull();
  }

  @Test
  void declarations_live_on_and_can_be_changed_and_declared_again() throws InterruptedException {
    text("let n = 1; const c = 2; function add(by) { n += by; return n; } class K {}");
    assertThat(text("n = 5; add(2)")).isEqualTo("7");
    assertThat(text("n")).isEqualTo("7");
    text("const { p, q: [r] } = { p: 1, q: [2] };");
    assertThat(text("[p, r, new K() instanceof K]")).isEqualTo("[ 1, 2, true ]");
    text("const c = 3;");
    assertThat(text("c")).isEqualTo("3");
    assertThat(requireNonNull(session.evaluate("c = 4").error()).message()).startsWith("TypeError");
  }

  @Test
  void await_and_import_work_at_the_top() throws InterruptedException {
    text("import { echo } from 'hearth:lab'; import { three } from './lib.js'");
    assertThat(text("await echo({ three })")).isEqualTo("{ three: 3 }");
    text("const later = await echo('v')");
    assertThat(text("later")).isEqualTo("'v'");
  }

  @Test
  void a_promise_is_awaited_without_a_word() throws InterruptedException {
    text("import { echo } from 'hearth:lab'");
    assertThat(text("echo([1, 2])")).isEqualTo("[ 1, 2 ]");
    assertThat(text("const e = echo; e(5); // five")).isEqualTo("5");
  }

  @Test
  void data_has_a_json_form_and_other_values_a_text() throws InterruptedException {
    assertThat(session.evaluate("[{ a: 1 }]").value()).hasToString("[{\"a\":1}]");
    assertThat(text("new Map([[1, 2]])")).isEqualTo("Map(1) { 1 => 2 }");
    assertThat(text("const x = {}; x.x = x; x")).isEqualTo("{ x: [Circular] }");
  }

  @Test
  void an_error_has_its_place_in_what_was_typed() throws InterruptedException {
    var error = requireNonNull(session.evaluate("const ok = 1;\n  nothing.here").error());
    assertThat(error.message()).isEqualTo("ReferenceError: nothing is not defined");
    var place = requireNonNull(error.location());
    assertThat(place.line()).isEqualTo(2);
    assertThat(place.column()).isEqualTo(3);
    assertThat(place.text()).isEqualTo("  nothing.here");
  }

  @Test
  void wrong_syntax_is_told_and_unfinished_input_is_known() throws InterruptedException {
    assertThat(requireNonNull(session.evaluate("let = = 3").error()).code())
        .isEqualTo("recipe.syntax");
    assertThat(SessionExecution.isIncomplete("for (;;) {")).isTrue();
    assertThat(SessionExecution.isIncomplete("const a = `x")).isTrue();
    assertThat(SessionExecution.isIncomplete("f(1,")).isTrue();
    assertThat(SessionExecution.isIncomplete("let = = 3")).isFalse();
    assertThat(SessionExecution.isIncomplete("1 + 1")).isFalse();
  }

  @Test
  void an_interrupt_ends_the_evaluation_and_not_the_session() throws InterruptedException {
    for (var typed :
        new String[] {
          "import { call } from 'hearth:lab'; call('block')",
          "await new Promise(() => {})",
          "console.log('looping'); for (;;);"
        }) {
      engine.onPrint = text -> session.interrupt();
      var stopper = typed.startsWith("console") ? null : interruptSoon();
      var error = requireNonNull(session.evaluate(typed).error());
      assertThat(error.message()).as(typed).isEqualTo("The run was interrupted.");
      if (stopper != null) {
        stopper.join();
      }
      assertThat(text("1 + 2")).isEqualTo("3");
    }
  }

  private Thread interruptSoon() {
    return Thread.startVirtualThread(
        () -> {
          try {
            engine.clock.sleep(Duration.ofMillis(100));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          session.interrupt();
        });
  }

  @Test
  void an_error_of_an_earlier_timer_is_printed() throws InterruptedException {
    text("setTimeout(() => { throw new Error('late'); }, 1)");
    text("await new Promise((done) => setTimeout(done, 30))");
    assertThat(engine.printed).contains("Uncaught late");
  }
}
