package dev.hearth.runtime.module.typescript;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Types go, everything else stays where it was. */
class TypeErasureTest {
  private static String erase(String typescript) {
    return TypeErasure.erase(typescript).javascript();
  }

  private static Map<String, String> sections(String resource) throws IOException {
    try (var in = requireNonNull(TypeErasureTest.class.getResourceAsStream(resource))) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      var sections = new LinkedHashMap<String, String>();
      for (var section : text.split("(?m)^==== ", -1)) {
        if (section.isEmpty()) {
          continue;
        }
        var name = section.lines().findFirst().orElseThrow();
        sections.put(name, section.substring(name.length() + 1));
      }
      return sections;
    }
  }

  /** {@code corpus.mjs} made the expected texts with the stripper of node. */
  @TestFactory
  Stream<DynamicTest> what_is_left_is_what_node_leaves() throws IOException {
    var expected = sections("corpus.expected.txt");
    return sections("corpus.txt").entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey(),
                    () ->
                        assertThat(erase(each.getValue())).isEqualTo(expected.get(each.getKey()))));
  }

  @TestFactory
  Stream<DynamicTest> javascript_stays_as_it_is() throws IOException {
    return sections("corpus.expected.txt").entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey(),
                    () -> assertThat(erase(each.getValue())).isSameAs(each.getValue())));
  }

  /** Node's stripper leaves these two members as one, the compiler of TypeScript does not. */
  @Test
  void members_that_a_modifier_had_kept_apart_get_a_semicolon() {
    assertThat(
            erase(
                """
                class A {
                  a = 1
                  private ['b'] = 2
                  public *c() {}
                  readonly ['d'] = e as F
                  ['g'] = 3
                }
                """))
        .isEqualTo(
            """
            class A {
              a = 1
              ;       ['b'] = 2
              ;      *c() {}
                       ['d'] = e ;  \s
              ['g'] = 3
            }
            """);
  }

  @Test
  void a_field_named_like_a_modifier_is_none_of_the_next_member() {
    assertThat(erase("class A {\n  get: number\n  set: string\n  a() {}\n}"))
        .isEqualTo("class A {\n  get;       \n  set;       \n  a() {}\n}");
  }

  @Test
  void what_must_begin_on_the_line_of_return_or_async_does() {
    assertThat(erase("() => { return <\n  T,\n>(a: T) => a }"))
        .isEqualTo("() => { return (\n    \n  a   ) => a }");
    assertThat(erase("const f = async <\n  T,\n>(a: T) => a"))
        .isEqualTo("const f = async (\n    \n  a   ) => a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a < b >= c", "a<b>c", "a < b > -c", "f(a<b, c>-d)", "a<b>>c", "a << b >>> c"})
  void comparisons_are_no_type_arguments(String javascript) {
    assertThat(erase(javascript)).isEqualTo(javascript);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          let a = 1; enum B { C }                        | ENUM               | 11
          export const enum B { C }                      | ENUM               | 0
          namespace A { export const b = 1 }             | NAMESPACE          | 0
          class A { constructor(private b: string) {} }  | PARAMETER_PROPERTY | 22
          class A { constructor(a, readonly b = 1) {} }  | PARAMETER_PROPERTY | 25
          import a = require('b')                        | IMPORT_EQUALS      | 0
          export import a = b.c                          | IMPORT_EQUALS      | 0
          export = a                                     | EXPORT_EQUALS      | 0
          @a class B {}                                  | DECORATOR          | 0
          class A { @b c() {} }                          | DECORATOR          | 10
          const a = <b>c                                 | ASSERTION          | 10
          const a = <div>b</div>                         | ASSERTION          | 10
          """)
  void what_is_more_than_a_type_is_refused(String text, Unerasable what, int offset) {
    var refused = catchThrowableOfType(NotErasableException.class, () -> erase(text));
    assertThat(refused.construct()).isEqualTo(what);
    assertThat(refused.offset()).isEqualTo(offset);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          let a: = 1         | 7
          let a: number number | 14
          function f(a: ) {} | 14
          type A = { b: }    | 14
          let a = 'b         | 8
          let a = `b         | 8
          let a = /b         | 8
          /* a               | 0
          f(                 | 2
          ]                  | 0
          """)
  void what_is_no_typescript_is_refused_at_its_place(String text, int offset) {
    var refused = catchThrowableOfType(NotErasableException.class, () -> erase(text));
    assertThat(refused.construct()).isNull();
    assertThat(refused.offset()).isEqualTo(offset);
  }

  @Test
  void a_namespace_of_types_alone_goes() {
    assertThat(erase("namespace A { export type B = 1; namespace C { interface D {} } }").strip())
        .isEmpty();
  }

  @Test
  void what_is_exported_as_a_type_is_known() {
    var text =
        """
        export type A = 1; export interface B {} export type { C, D as E } from './c.js';
        export { type F, g, type H as I }; export declare class J {} export const k = 1; type L = 2;
        """;
    assertThat(TypeErasure.erase(text).exportedTypes())
        .containsExactlyInAnyOrder("A", "B", "C", "E", "F", "I", "J");
  }

  @Test
  void line_ends_of_all_kinds_stay() {
    assertThat(erase("type A = {\r\n  b: 1;\r  c: 2;\u2028 d: 3 }\nlet e: A"))
        .isEqualTo("          \r\n       \r       \u2028       \nlet e   ");
  }

  /** Whatever is tried and given up is tried once. */
  @ParameterizedTest
  @ValueSource(
      strings = {"(a = ", "(", "a ? (b = ", "f<", "[", "{ a: ", "((a) => ", "a ? (b): c => "})
  void nesting_costs_no_more_than_its_square(String opening) {
    var text = "x = " + opening.repeat(300);
    var refused = catchThrowableOfType(NotErasableException.class, () -> erase(text));
    assertThat(refused.offset()).isPositive();
  }
}
