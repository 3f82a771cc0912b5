package dev.hearth.runtime.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.hearth.runtime.ErrorReport.Location;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunRequest.OnError;
import dev.hearth.runtime.engine.GraalModuleParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a recipe's file tells without running. */
class RecipeFileTest {
  private static final ModuleParser PARSER = new GraalModuleParser();

  private static RecipeFile read(String text) {
    return RecipeFile.of("recipe.js", text, PARSER);
  }

  private static HearthException refusal(String text) {
    return catchThrowableOfType(HearthException.class, () -> read(text).declaration());
  }

  private static Location place(HearthException e) {
    return e.location().orElseThrow();
  }

  @Test
  void the_literal_is_read_as_data() {
    var declaration =
        read("""
        #!/usr/bin/env hearth
        import { proxmox } from 'hearth:proxmox';
        /** comments */ export /* are */ const /* everywhere */ recipe = { // even here
          'summary': "A template",
          description: `two
        lines`,
          params: {
            memory: { type: 'integer', minimum: -512, default: 0x800, 1: 1_000.5 }, /* } */
            list: { enum: ['a', null, true, false, [], {}], },
          },
          permissions: { proxmox: 'write', net: ['example.org:443'] },
          onError: 'undo',
        };
        export default async () => {};
        """)
            .declaration();

    assertThat(declaration.summary()).contains("A template");
    assertThat(declaration.description()).contains("two\nlines");
    assertThat(declaration.params())
        .hasToString(
            """
            {"memory":{"type":"integer","minimum":-512,"default":2048,"1":1000.5},\
            "list":{"enum":["a",null,true,false,[],{}]}}\
            """);
    assertThat(declaration.permissions())
        .hasToString(
            """
            {"proxmox":"write","net":["example.org:443"]}\
            """);
    assertThat(declaration.onError()).contains(OnError.UNDO);
  }

  @Test
  void a_recipe_without_the_literal_declares_nothing() {
    var declaration = read("export default () => 1;").declaration();

    assertThat(declaration.summary()).isEmpty();
    assertThat(declaration.params()).isEmpty();
    assertThat(declaration.permissions()).isEmpty();
    assertThat(declaration.onError()).isEmpty();
  }

  @Test
  void nothing_that_only_looks_like_the_literal_is_taken_for_it() {
    var text =
        """
        // export const recipe = { summary: 'comment' };
        const a = `export const recipe = { summary: 'template' };`;
        const b = /export const recipe = {/;
        const c = 8 / 2 / 1; // export const recipe = { summary: 'not a regex' };
        { const recipe = { summary: 'block' }; }
        """;

    assertThat(read(text).declaration().summary()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "f()                 | a call                     | f()                  | 12",
        "new Map()           | a call                     | new Map()            | 12",
        "name                | a name                     | name                 | 12",
        "undefined           | a name                     | undefined            | 12",
        "1 + 1               | a calculation              | 1 + 1                | 12",
        "!0                  | a calculation              | !0                   | 12",
        "+1                  | a calculation              | +1                   | 12",
        "- -1                | a calculation              | - -1                 | 12",
        "-'1'                | a calculation              | -'1'                 | 12",
        "a.b                 | a property                 | a.b                  | 12",
        "a['b']              | a property                 | a['b']               | 12",
        "a ? 1 : 2           | a condition                | a ? 1 : 2            | 12",
        "() => 1             | a function                 | () => 1              | 12",
        "function () {}      | a function                 | function () {}       | 12",
        "class {}            | a class                    | class {}             | 12",
        "/x/g                | a regular expression       | /x/g                 | 12",
        "10n                 | a BigInt                   | 10n                  | 12",
        "-10n                | a calculation              | -10n                 | 12",
        "1e999               | a number that is too large | 1e999                | 12",
        "[1, , 2]            | an array with a hole       | [1, , 2]             | 12",
        "[...a]              | a spread                   | ...a                 | 13",
        "{ ...a }            | a spread                   | ...a                 | 14",
        "{ get a() { } }     | a getter                   | get a() { }          | 14",
        "{ set a(b) { } }    | a setter                   | set a(b) { }         | 14",
        "{ a() {} }          | a function                 | a() {}               | 14",
        "{ ['a']: 1 }        | a computed key             | ['a']: 1             | 14",
        "{ a }               | a name                     | a                    | 14",
        "{ __proto__: {} }   | a prototype                | __proto__: {}        | 14",
        "{ '__proto__': 1 }  | a prototype                | '__proto__': 1       | 14",
        "import('x')         | a call                     | import('x')          | 12",
        "await 1             | a calculation              | await 1              | 12",
        "(1, 2)              | a calculation              | (1, 2)               | 12",
        "'\\ud800'           | half a character           | '\\\\u{5C}ud800'     | 12",
      })
  void what_is_not_data_is_refused_where_it_stands(
      String value, String what, String quoted, int column) {
    var refusal = refusal("export const recipe = {\n  params: " + value + ",\n};");

    assertThat(refusal.id()).isEqualTo("recipe.not-literal");
    assertThat(place(refusal).line()).isEqualTo(2);
    assertThat(refusal.sentence())
        .startsWith("`export const recipe` must be plain data, but here is " + what + ": `");
    if (!quoted.contains("5C")) {
      assertThat(refusal.sentence()).endsWith(": `" + quoted + "`.");
      assertThat(place(refusal).column()).isEqualTo(column - 1);
    }
  }

  @Test
  void templates_with_substitutions_are_refused() {
    assertThat(refusal("export const recipe = { summary: `a ${b} c` };").sentence())
        .contains("but here is a template with `${…}`");
    assertThat(refusal("export const recipe = { summary: tag`a` };").sentence())
        .contains("but here is a call");
  }

  @Test
  void everything_that_is_wrong_is_told_at_once() {
    var refusal =
        refusal(
            """
            export const recipe = {
              sumary: 'x',
              params: { a: { default: f() } },
              permissions: 'all',
              onError: 'retry',
            };
            """);

    assertThat(refusal.sentence()).endsWith("but here is a call: `f()`.");
    assertThat(place(refusal))
        .isEqualTo(new Location("recipe.js", 3, 27, "  params: { a: { default: f() } },"));
    assertThat(refusal.also())
        .extracting(
            HearthException::id,
            HearthException::hint,
            e -> place(e).line() + ":" + place(e).column())
        .containsExactly(
            tuple("recipe.unknown-key", "Did you mean `summary`?", "2:3"),
            tuple("recipe.wrong-value", "Change it to an object.", "4:16"),
            tuple("recipe.wrong-value", "Change it to `'stop'`, `'undo'` or `'ask'`.", "5:12"));
  }

  @Test
  void a_call_around_the_whole_literal_is_refused() {
    assertThat(refusal("export const recipe = Object.freeze({ summary: 'x' });").sentence())
        .isEqualTo(
            "`export const recipe` must be plain data, but here is a call:"
                + " `Object.freeze({ summary: 'x' })`.");
  }

  @Test
  void a_literal_that_is_no_object_is_refused() {
    assertThat(refusal("export const recipe = [];").sentence())
        .isEqualTo("`recipe` of the recipe must be an object.");
  }

  @Test
  void parentheses_change_nothing() {
    assertThat(
            read("export const recipe = /** @type {Recipe} */ (({ summary: ('x') }));")
                .declaration()
                .summary())
        .contains("x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "export let recipe = {};                                 | `export let`",
        "export var recipe = {};                                 | `export var`",
        "export function recipe() {}                             | a function",
        "export class recipe {}                                  | a class",
        "const recipe = {}; export { recipe };                   | `export { … }`",
        "const r = {}; export { r as recipe };                   | `export { … }`",
        "const r = {}; export { r as 'recipe' };                 | `export { … }`",
        "export { recipe } from './other.js';                    | `export { … } from`",
        "export * as recipe from './other.js';                   | `export * as recipe`",
        "export const { recipe } = { recipe: {} };               | a pattern or without a value",
        "export const [recipe] = [{}];                           | a pattern or without a value",
      })
  void another_way_to_declare_it_is_refused(String text, String how) {
    var refusal = refusal("\n" + text);

    assertThat(refusal.id()).isEqualTo("recipe.not-const");
    assertThat(refusal.sentence())
        .isEqualTo(
            "`recipe` is declared by "
                + how
                + ", so that it cannot be read without running the file.");
    assertThat(place(refusal).line()).isEqualTo(2);
  }

  @Test
  void an_escaped_name_is_the_same_name() {
    assertThat(
            read("export const \\u0072ecipe = { s\\u0075mmary: 'caf\\u00e9 \\u{1F525}' };")
                .declaration()
                .summary())
        .contains("café \uD83D\uDD25");
  }

  @Test
  void several_constants_in_one_export_are_all_seen() {
    assertThat(read("export const other = 1, recipe = { summary: 'x' };").declaration().summary())
        .contains("x");
  }

  @Test
  void duplicate_keys_are_refused_at_the_second() {
    var refusal =
        refusal(
            """
            export const recipe = {
              params: { a: {} },
              "params": { b: {} },
            };
            """);

    assertThat(refusal.sentence()).isEqualTo("The key `params` stands here twice.");
    assertThat(place(refusal))
        .isEqualTo(new Location("recipe.js", 3, 3, "  \"params\": { b: {} },"));
  }

  @Test
  void a_byte_order_mark_and_crlf_do_not_move_places() {
    var refusal = refusal("\uFEFFexport const recipe = {\r\n  summary: f(),\r\n};\r\n");

    assertThat(place(refusal)).isEqualTo(new Location("recipe.js", 2, 12, "  summary: f(),"));
  }

  @Test
  void control_and_direction_characters_are_not_printed_as_they_are() {
    var refusal = refusal("export const recipe = { '\u202Eevil\u001B[2J': 1 };");

    assertThat(refusal.sentence()).isEqualTo("`recipe` has no key `\\u{202E}evil\\u{1B}[2J`.");
  }

  @Test
  void nesting_in_the_literal_has_an_end() {
    var refusal =
        refusal("export const recipe = { params: " + "[".repeat(500) + "]".repeat(500) + " };");

    assertThat(refusal.id()).isEqualTo("recipe.too-deep");
    assertThat(place(refusal).line()).isEqualTo(1);
  }

  @Test
  void a_flood_of_mistakes_is_cut_off() {
    assertThat(refusal("export const recipe = {" + "...a,".repeat(100_000) + "};").also())
        .hasSize(99);
  }

  @Test
  void a_huge_literal_is_read() {
    var text = new StringBuilder("export const recipe = { params: { a: { enum: [\n");
    for (int i = 0; i < 50_000; i++) {
      text.append("'value ").append(i).append("',\n");
    }
    var declaration = read(text + "] } } };").declaration();

    assertThat(declaration.params().at("/a/enum")).hasSize(50_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "export default async function ({ params }) {}",
        "export default function named() {}",
        "export default () => 1",
        "export default async (a) => a",
        "export default (function () {})",
        "export default function* () {}",
      })
  void functions_by_default_are_recognised(String text) {
    assertThat(read(text).syntax().defaultExport()).isEqualTo(ModuleSyntax.DefaultExport.FUNCTION);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "export default {}                          | NOT_A_FUNCTION",
        "export default 'text'                      | NOT_A_FUNCTION",
        "export default class {}                    | NOT_A_FUNCTION",
        "export default `x`                         | NOT_A_FUNCTION",
        "const f = 1; export default f              | UNKNOWN",
        "export default wrap(() => 1)               | UNKNOWN",
        "const f = 1; export { f as default }       | UNKNOWN",
        "export { default } from './other.js'       | UNKNOWN",
        "export const x = 1                         | NONE",
      })
  void what_else_stands_by_default_is_told(String text, ModuleSyntax.DefaultExport expected) {
    assertThat(read(text).syntax().defaultExport()).isEqualTo(expected);
  }

  @Test
  void a_missing_file_says_what_was_meant() {
    var files = new FakeFiles().with("recipes/template.js", "");

    var refusal =
        catchThrowableOfType(
            HearthException.class,
            () -> RecipeFile.read(Path.of("recipes/templat.js"), files, PARSER));

    assertThat(refusal.sentence()).isEqualTo("There is no file `recipes/templat.js`.");
    assertThat(refusal.hint()).isEqualTo("Did you mean `recipes/template.js`?");
  }

  @Test
  void a_file_has_the_hash_of_its_bytes() {
    var recipe =
        RecipeFile.read(
            Path.of("a.js"),
            new FakeFiles().with("a.js", new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}),
            PARSER);

    assertThat(recipe.sha256())
        .isEqualTo("f1945cd6c19e56b3c1c78943ef5ec18116907a4ca1efc40a57d48ab1db7adfc5");
    assertThat(recipe.content()).hasSize(3);
    assertThat(recipe.source().text()).isEmpty();
  }

  @Test
  void a_file_that_is_too_large_or_no_text_is_refused() {
    var files =
        new FakeFiles()
            .with("large.js", new byte[RecipeFile.LARGEST + 1])
            .with("latin1.js", "// é".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(
            catchThrowableOfType(
                HearthException.class, () -> RecipeFile.read(Path.of("large.js"), files, PARSER)))
        .hasMessage("The file `large.js` is larger than 1024 KiB, too large for a recipe.");
    assertThat(
            catchThrowableOfType(
                HearthException.class, () -> RecipeFile.read(Path.of("latin1.js"), files, PARSER)))
        .hasMessage("The file `latin1.js` is not UTF-8 text.");
  }
}
