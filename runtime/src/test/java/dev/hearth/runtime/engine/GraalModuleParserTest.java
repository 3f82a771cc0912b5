package dev.hearth.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.runtime.ErrorReport.Location;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.module.ModuleSyntax;
import dev.hearth.runtime.module.ModuleSyntax.Import;
import dev.hearth.runtime.module.ModuleSyntax.Import.Kind;
import dev.hearth.runtime.module.SourceText;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading the syntax of modules. */
class GraalModuleParserTest {
  private final GraalModuleParser parser = new GraalModuleParser();

  private ModuleSyntax parse(String text) {
    return parser.parse(new SourceText("a.js", text));
  }

  private HearthException refusal(String text) {
    return catchThrowableOfType(HearthException.class, () -> parse(text));
  }

  @Test
  void every_way_to_name_a_module_is_found_in_the_order_of_the_text() {
    var text =
        """
        import 'a';
        import { x } from "b";
        import * as y from 'c';
        import z, { w } from 'd' with { type: 'json' };
        export { q } from 'e';
        export * from 'f';
        export * as g from 'g';
        const later = () => import('h');
        class K { #p = import('i'); static { import('j'); } m() { return `${import('k')}`; } }
        async function* f({ a = import('l') }) { for await (const v of [import('m')]) {} }
        const computed = import('n' + 1);
        x?.[import('o')]?.(...[import('p', { with: { type: 'json' } })]);
        import 'a';
        """;

    assertThat(parse(text).imports())
        .extracting(Import::specifier)
        .containsExactly(
            "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "o", "p", "a");
    assertThat(parse(text).imports())
        .filteredOn(found -> found.kind() == Kind.DYNAMIC)
        .extracting(Import::specifier)
        .containsExactly("h", "i", "j", "k", "l", "m", "o");
    assertThat(parse(text).imports())
        .filteredOn(found -> found.kind() == Kind.DYNAMIC_JSON)
        .extracting(Import::specifier)
        .containsExactly("p");
    assertThat(parse(text).imports())
        .filteredOn(found -> found.kind() == Kind.STATIC_JSON)
        .extracting(Import::specifier)
        .containsExactly("d");
    assertThat(parse(text).imports())
        .allSatisfy(found -> assertThat(text.charAt(found.start())).isIn('\'', '"'));
  }

  @Test
  void exports_are_named() {
    assertThat(
            parse("export const a = 1, b = 2; const c = 3; export { c as d, c as 'e f' };")
                .exports())
        .containsExactlyInAnyOrder("a", "b", "d", "e f");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const x = a / b / c; const r = /[/\\]}]`/v; if (x) /re/.test(y);",
        "x = y\n/re/g.exec(z);",
        "let t = `a${`b${c}`}}` + `\\u{1F525}`;",
        "class A { static #x = 1; static { this.y = #x in A; } accessor = 1; get [k]() {} }",
        "a ??= b?.c ?? d; a ||= 1_000n ** 2n; [, ...a] = { ...b };",
        "label: for await (const x of y) { continue label; }",
        "const { a = 1, ...rest } = await import.meta;",
        "async () => { using: 1 }; var async = async => async;",
        "try {} catch {} finally {}",
        "function f(a, b = () => { }, ...c) { new.target; }",
        "export default async function* () { yield* x; }",
        "import data from './a.json' with { type: 'json', };",
        "var \\u{61}bc = '\\x41\\u0042\\\n';",
        "x = { async *[a]() {}, 'b': 1, 2: 3, get: 4, set: 5, async: 6, await: 7 };",
        "/(?<year>\\d{4})(?<=a)(?<!b)\\p{L}/dgimsuy;",
      })
  void the_language_of_2024_is_understood(String text) {
    assertThat(parse(text)).isNotNull();
  }

  @Test
  void a_syntax_error_has_its_place() {
    var refusal = refusal("const a = 1;\r\nconst b = (2;\r\n");

    assertThat(refusal.id()).isEqualTo("recipe.syntax");
    assertThat(refusal.location()).contains(new Location("a.js", 2, 13, "const b = (2;"));
    assertThat(refusal).hasMessage("This is not JavaScript: Expected ) but found ;.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const a = ;",
        "let a; let a;",
        "with (a) {}",
        "export { missing };",
        "export const a = 1; export { a };",
        "return 1;",
        "import { a from 'b';",
        "`never ends",
        "/* never ends",
        "'never ends",
        "/never ends",
        "const x = 08;",
        "await = 1;",
        "class A { #a; #a; }",
        "({ a: 1, a = 2 })",
        "import a from 'b' with { type: 'json', type: 'json' };",
        "import.source('x')",
        "\u0000",
        "type A = string;",
      })
  void what_is_no_module_is_refused(String text) {
    var refusal = refusal(text);

    assertThat(refusal).isNotNull();
    assertThat(refusal.id()).isEqualTo("recipe.syntax");
    assertThat(refusal.location()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[", "(", "{", "!", "a(", "a=>", "`${", "if(a)", "x=>{", "({a:", "async("})
  void bottomless_nesting_is_an_error_and_not_the_end(String opening) {
    var text = opening.repeat(100_000);

    var refusal = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> refusal(text));

    assertThat(refusal.id()).isIn("recipe.too-deep", "recipe.syntax");
    assertThat(parse("export default 1;").exports()).containsExactly("default");
  }

  @Test
  void ten_thousand_closed_brackets_end_in_an_answer() {
    var refusal = refusal("x = " + "[".repeat(10_000) + "]".repeat(10_000) + ";");

    assertThat(refusal == null ? "read" : refusal.id()).isIn("read", "recipe.too-deep");
  }

  @Test
  void a_text_that_takes_too_long_is_given_up() {
    var attributes = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      attributes.append('k').append(i).append(": 'x', ");
    }
    var hasty = new GraalModuleParser(Duration.ofMillis(1));

    var refusal =
        catchThrowableOfType(
            HearthException.class,
            () ->
                hasty.parse(
                    new SourceText("a.js", "import a from 'b' with { " + attributes + " };")));

    assertThat(refusal.id()).isEqualTo("recipe.too-complex");
  }

  @Test
  void an_interrupted_caller_gets_its_answer_and_stays_interrupted() {
    Thread.currentThread().interrupt();
    try {
      assertThat(parse("import 'a';").imports()).hasSize(1);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void long_chains_are_no_nesting() {
    assertThat(parse("x = 1" + " + 1".repeat(2_000) + ";").imports()).isEmpty();
    assertThat(parse("a" + ".b()".repeat(2_000) + ";").imports()).isEmpty();
  }

  @Test
  void several_threads_may_parse_at_once() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var imports =
          threads.invokeAll(
              IntStream.range(0, 20)
                  .<Callable<String>>mapToObj(
                      i -> () -> parse("import '" + i + "';").imports().getFirst().specifier())
                  .toList());

      for (int i = 0; i < 20; i++) {
        assertThat(imports.get(i).get()).isEqualTo(String.valueOf(i));
      }
    }
  }
}
