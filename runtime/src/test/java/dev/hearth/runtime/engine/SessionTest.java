package dev.hearth.runtime.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.ErrorReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

  private SessionExecution.Evaluated evaluate(String typed) throws InterruptedException {
    return session.evaluate(typed, "repl");
  }

  private @Nullable String text(String typed) throws InterruptedException {
    var evaluated = evaluate(typed);
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
    assertThat(requireNonNull(evaluate("c = 4").error()).message()).startsWith("TypeError");
  }

  @Test
  void a_declaration_alone_lives_on() throws InterruptedException {
    for (var typed :
        new String[] {
          "function g(a) { return a * 2 }",
          "async function h() {\n  return 5;\n}",
          "class K {\n  m() { return 'm' }\n}",
          "function* many() { yield 1 }",
          "if (true) { var w = 4 }"
        }) {
      assertThat(text(typed)).as(typed).isNull();
    }
    assertThat(text("[g(4), await h(), new K().m(), ...many(), w]"))
        .isEqualTo("[ 8, 5, 'm', 1, 4 ]");
    text("let x = 1");
    text("let x = 2");
    assertThat(text("x")).isEqualTo("2");
  }

  @Test
  void what_has_no_name_is_a_value() throws InterruptedException {
    assertThat(text("function () {}")).isEqualTo("[Function (anonymous)]");
    assertThat(text("class {}")).isEqualTo("[class (anonymous)]");
    assertThat(text("{}")).isEqualTo("{}");
    assertThat(text("'use strict'")).isEqualTo("'use strict'");
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
    assertThat(evaluate("[{ a: 1 }]").value()).hasToString("[{\"a\":1}]");
    assertThat(text("new Map([[1, 2]])")).isEqualTo("Map(1) { 1 => 2 }");
    assertThat(text("const x = {}; x.x = x; x")).isEqualTo("{ x: [Circular] }");
  }

  @Test
  void an_error_is_a_value_that_json_cannot_say() throws InterruptedException {
    var value = evaluate("Object.assign(new TypeError('boo'), { code: 7 })");
    assertThat(value.text()).isEqualTo("TypeError: boo\n    at repl:1:15 { code: 7 }");
    assertThat(value.exact()).isFalse();
    assertThat(evaluate("[1, { a: () => 1 }]").exact()).isFalse();
    assertThat(evaluate("[1, { a: new Map() }]").exact()).isFalse();
    assertThat(evaluate("[1, { a: new Date(0), b: '[Function' }]").exact()).isTrue();
  }

  @Test
  void what_is_long_is_cut_before_it_is_formatted() throws InterruptedException {
    assertThat(text("Array.from({ length: 1000 }, (_, i) => i)")).endsWith("  ... 900 more\n]");
    assertThat(text("new Set(Array.from({ length: 1000 }, (_, i) => i))"))
        .endsWith("  ... 900 more\n}");
    assertThat(text("'x'.repeat(10_010)")).endsWith("x'... 10 more characters");
    assertThat(evaluate("Array(1000).fill(0)").value()).hasSize(1000);
  }

  @Test
  void an_error_of_a_file_or_of_an_earlier_input_has_its_place_there() throws InterruptedException {
    var syntax = requireNonNull(session.evaluate("1;\nlet = = 3", "tools.js").error());
    assertThat(syntax.location())
        .isEqualTo(new ErrorReport.Location("tools.js", 2, 1, "let = = 3"));
    session.evaluate("const before = 1;\nfunction broken() { nothing }", "tools.js");
    var late = requireNonNull(evaluate("broken()").error());
    assertThat(requireNonNull(late.location()).file()).isEqualTo("tools.js");
    assertThat(requireNonNull(late.location()).line()).isEqualTo(2);
    assertThat(late.stack()).last().isEqualTo(new ErrorReport.Location("repl", 1, 1, "broken()"));
  }

  @Test
  void an_error_has_its_place_in_what_was_typed() throws InterruptedException {
    var error = requireNonNull(evaluate("const ok = 1;\n  nothing.here").error());
    assertThat(error.message()).isEqualTo("ReferenceError: nothing is not defined");
    var place = requireNonNull(error.location());
    assertThat(place.line()).isEqualTo(2);
    assertThat(place.column()).isEqualTo(3);
    assertThat(place.text()).isEqualTo("  nothing.here");
  }

  @Test
  void wrong_syntax_is_told_and_unfinished_input_is_known() throws InterruptedException {
    assertThat(requireNonNull(evaluate("let = = 3").error()).code()).isEqualTo("recipe.syntax");
    assertThat(SessionExecution.isIncomplete("for (;;) {")).isTrue();
    assertThat(SessionExecution.isIncomplete("const a = `x")).isTrue();
    assertThat(SessionExecution.isIncomplete("f(1,")).isTrue();
    for (var open :
        new String[] {
          "/* c",
          "f(/* c",
          "1 + // c",
          "`a",
          "`a\n",
          "`${ `b",
          "'ab\\",
          "[1,",
          "({",
          "class K {\n m() {",
          "a =>",
          "if (a)",
          "try {\n}",
          "import { a }"
        }) {
      assertThat(SessionExecution.isIncomplete(open)).as(open).isTrue();
    }
    for (var whole :
        new String[] {"'ab", "\"ab", "a b", "/* c */ 1", "// c", "}", "1 */ 2", "x = /ab"}) {
      assertThat(SessionExecution.isIncomplete(whole)).as(whole).isFalse();
    }
    assertThat(SessionExecution.isIncomplete("let = = 3")).isFalse();
    assertThat(SessionExecution.isIncomplete("1 + 1")).isFalse();
  }

  @Test
  void an_interrupt_ends_the_evaluation_and_not_the_session() throws InterruptedException {
    for (var typed :
        new String[] {
          "import { call } from 'hearth:lab'; call('block')",
          "await new Promise((done) => setTimeout(done, 60_000))",
          "console.log('looping'); for (;;);"
        }) {
      engine.onPrint = text -> session.interrupt();
      var stopper = typed.startsWith("console") ? null : interruptSoon();
      var error = requireNonNull(evaluate(typed).error());
      assertThat(error.message()).as(typed).isEqualTo("The run was interrupted.");
      assertThat(error.code()).as(typed).isEqualTo("run.interrupted");
      assertThat(error.kind().exitStatus()).isEqualTo(130);
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
  void an_error_that_nobody_caught_is_told_and_the_input_goes_on() throws InterruptedException {
    text("setTimeout(() => { throw new Error('late'); }, 1)");
    assertThat(text("await new Promise((done) => setTimeout(() => done('mine'), 30))"))
        .isEqualTo("'mine'");
    assertThat(text("Promise.reject(new Error('left alone')); 1")).isEqualTo("1");
    text("'told by now'");
    assertThat(engine.uncaught)
        .extracting(ErrorReport::message)
        .containsExactly("late", "left alone");
    assertThat(engine.uncaught.getFirst().location())
        .isEqualTo(
            new ErrorReport.Location(
                "repl", 1, 26, "setTimeout(() => { throw new Error('late'); }, 1)"));
  }

  @Test
  void what_can_never_happen_is_an_error_and_the_session_goes_on() throws InterruptedException {
    var error = requireNonNull(evaluate("await new Promise(() => {})").error());
    assertThat(error.code()).isEqualTo("session.waits-forever");
    assertThat(error.message()).isEqualTo("This waits for something that can never happen.");
    assertThat(text("1 + 2")).isEqualTo("3");
  }

  private List<String> members(String... chain) {
    return session.members(List.of(chain)).join();
  }

  @Test
  void members_are_known_without_running_anything() throws InterruptedException {
    assertThat(members()).contains("console", "Math").doesNotContain("__hearthBinding");
    assertThat(members("console")).contains("log", "error").doesNotContain("hasOwnProperty");
    text(
        """
        let ran = 0;
        class Base { inherited() {} get effect() { ran++; return { hidden: 1 }; } }
        const it = Object.assign(new Base(), { own: { deeper: { 'not-a-name': 1, leaf: 1 } } });
        """);
    assertThat(members("it")).contains("own", "inherited", "effect");
    assertThat(members("it", "own", "deeper")).containsExactly("leaf");
    assertThat(members("it", "effect")).isEmpty();
    assertThat(members("it", "nothing", "here")).isEmpty();
    assertThat(members("undefinedName")).isEmpty();
    assertThat(members("it", "inherited", "()")).isEmpty();
    text("const word = 'x'");
    assertThat(members("word")).contains("toUpperCase");
    assertThat(text("ran")).isEqualTo("0");
  }

  @Test
  void an_object_can_tell_what_follows_it_now_or_later() throws InterruptedException {
    text(
        """
        const complete = Symbol.for('hearth.complete');
        const told = { [complete]: async (steps) => [`after${steps.length}`, ...steps] };
        const failing = { [complete]: async () => { throw new Error('no'); } };
        const never = { get [complete]() { throw new Error('run'); } };
        """);
    assertThat(members("told")).containsExactly("after0");
    assertThat(members("told", "a", "('b')")).containsExactly("after2", "a", "('b')");
    assertThat(members("failing", "a")).isEmpty();
    assertThat(members("never", "a")).isEmpty();
  }
}
