package dev.hearth.stdlib.toml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.DataRecipe;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading and writing TOML. */
class TomlTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TomlPureOps ops = new TomlPureOps();

  private String parse(String text) throws Exception {
    return ops.parse(new TomlPureOps.Read(null), text).json();
  }

  private String write(String json) throws Exception {
    return ops.stringify(new TomlPureOps.Write(), json);
  }

  private HearthException refused(String text) throws Exception {
    try {
      parse(text);
    } catch (HearthException e) {
      return e;
    }
    throw new AssertionError("It was read: " + text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "true|true",
        "1_000|1000",
        "+12|12",
        "-0|0",
        "0xDEAD_beef|3735928559",
        "0o755|493",
        "0b101|5",
        "9007199254740991|9007199254740991",
        "9223372036854775807|\"9223372036854775807\"",
        "-9223372036854775808|\"-9223372036854775808\"",
        "1.5e+3|1.5e+3",
        "6.626e-34|6.626e-34",
        "+1_0.2_5|10.25",
        "1e06|1e06",
        "-0.0|-0.0",
        "inf|1e999",
        "-inf|-1e999",
        "nan|null",
        "1979-05-27T07:32:00Z|\"1979-05-27T07:32:00Z\"",
        "1979-05-27 07:32:00.123456789012-07:00|\"1979-05-27T07:32:00.123456789012-07:00\"",
        "1979-05-27t07:32:00z|\"1979-05-27T07:32:00Z\"",
        "1979-05-27T07:32:00|\"1979-05-27T07:32:00\"",
        "1979-05-27|\"1979-05-27\"",
        "1979-05-27  # day|\"1979-05-27\"",
        "07:32:00.5|\"07:32:00.5\"",
        "\"a\\u00e9\\U0001F600\\t\\\"\\\\\"|\"aé😀\\t\\\"\\\\\"",
        "'C:\\new'|\"C:\\\\new\"",
        "\"\"|\"\"",
        "[]|[]",
        "[1, 'a', [2.0], {b = 1},]|[1,\"a\",[2.0],{\"b\":1}]",
        "{}|{}",
        "{ a.b = 1, a.c = {d = []}, \"x y\" = 2 }|{\"a\":{\"b\":1,\"c\":{\"d\":[]}},\"x y\":2}",
      })
  void a_value_means_what_toml_1_0_says(String toml, String json) throws Exception {
    assertThat(parse("v = " + toml)).isEqualTo("{\"v\":" + json + "}");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "1_",
        "_1",
        "1__0",
        "01",
        "+0x1",
        "0xg",
        "0b2",
        "1.",
        ".5",
        "1.e3",
        "1e",
        "1_.5",
        "01.5",
        "9223372036854775808",
        "-9223372036854775809",
        "True",
        "Inf",
        "1979-02-30",
        "1979-13-01",
        "24:00:00",
        "07:32",
        "07:32:00Z",
        "1979-05-27T",
        "1979-05-27Z",
        "1979-05-27T07:32:00+24:00",
        "1979-05-27T07:32:00.",
        "\"a",
        "'a\nb'",
        "\"a\nb\"",
        "\"\\q\"",
        "\"\\uD800\"",
        "\"\\U00110000\"",
        "\"\\u00\"",
        "\"\u0001\"",
        "\"\u007f\"",
        "\"\"\"a\"\"",
        "\"\"\"a\\ b\"\"\"",
        "\"\"\"a\"\"\"\"\"\"",
        "[1 2]",
        "[,]",
        "[1",
        "{a = 1,}",
        "{a = 1\n}",
        "{a = 1, a = 2}",
        "{a = {b = 1}, a.c = 2}",
        "{a}",
        "1 2",
        "word",
        "1 # \u0000x",
        "1\rx = 2",
      })
  void what_toml_1_0_does_not_allow_is_refused(String toml) throws Exception {
    var e = refused("v = " + toml);
    assertThat(e.code().text().id()).startsWith("toml.");
    assertThat(e.details()).containsKeys("line", "column", "excerpt");
  }

  @Test
  void tables_lists_of_tables_and_texts_of_lines_are_read() throws Exception {
    assertThat(
            parse(
                """
                \ufeff# a comment\twith a tab
                title = "x" # more
                3.14 = 'dotted'
                site."google.com".a = 1
                site . 'google.com' . b = 2

                [a.b.c]
                d = 1
                [a]
                e.f = 2
                [a.b]
                g = 3

                [[p]]
                n = 1
                [p.sub]
                x = 1
                [[p.inner]]
                y = 1
                [[p]]
                [[p.inner]]
                y = 2

                [text]
                lines = \"""
                one
                  "two" \\
                     three\"\"\"""
                raw = '''
                \\d''x'''
                list = [ # first
                  1,

                  2, # last
                ]
                """))
        .isEqualTo(
            "{\"title\":\"x\",\"3\":{\"14\":\"dotted\"},\"site\":{\"google.com\":{\"a\":1,\"b\":2}},"
                + "\"a\":{\"b\":{\"c\":{\"d\":1},\"g\":3},\"e\":{\"f\":2}},"
                + "\"p\":[{\"n\":1,\"sub\":{\"x\":1},\"inner\":[{\"y\":1}]},{\"inner\":[{\"y\":2}]}],"
                + "\"text\":{\"lines\":\"one\\n  \\\"two\\\" three\\\"\\\"\",\"raw\":\"\\\\d''x\",\"list\":[1,2]}}");
    assertThat(parse("")).isEqualTo("{}");
    assertThat(parse("a = 1\r\nb = \"\"\"x\r\ny\"\"\"\r\n"))
        .isEqualTo("{\"a\":1,\"b\":\"x\\r\\ny\"}");
    assertThat(parse("a.b.c = 1\n[a.x]\nd = 2"))
        .isEqualTo("{\"a\":{\"b\":{\"c\":1},\"x\":{\"d\":2}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`a = 1\na = 2`|The text has the key `a` twice at 2:1; it stands in line 1 already.",
        "`[a]\n\n[ a ]`|The text has the key `a` twice at 3:3; it stands in line 1 already.",
        "`a = 1\n[a]`|The text has the key `a` twice at 2:2; it stands in line 1 already.",
        "`a.b = 1\n[a]`|The text has the key `a` twice at 2:2; it stands in line 1 already.",
        "`[[a]]\n[a]`|The text has the key `a` twice at 2:2; it stands in line 1 already.",
        "`[a]\n[[a]]`|The text has the key `a` twice at 2:3; it stands in line 1 already.",
        "`a = []\n[[a]]`|The text has the key `a` twice at 2:3; it stands in line 1 already.",
        "`a = 1\n[a.b]`|The text adds at 2:2 to `a`, which is complete since line 1.",
        "`a = {}\n[a.b]`|The text adds at 2:2 to `a`, which is complete since line 1.",
        "`a = {b.c = 1}\na.b.d = 2`|The text adds at 2:1 to `a`, which is complete since line 1.",
        "`a = [{b = 1}]\n[a.c]`|The text adds at 2:2 to `a`, which is complete since line 1.",
        "`[x.y]\n[x]\ny.z = 1`|The text adds at 3:1 to `y`, which is complete since line 1.",
        "`[[x.y]]\n[x]\ny.z = 1`|The text adds at 3:1 to `y`, which is complete since line 1.",
        "`[f]\nb.c = 1\n[f.b]`|The text has the key `b` twice at 3:4; it stands in line 2 already.",
        "`a = \n`|The text is no TOML at 1:5: a value is expected.",
        "`a = yes`|The text is no TOML at 1:5: `yes` is no number, date or word of TOML; a text has quotes.",
        "`\n = 1`|The text is no TOML at 2:2: a key is expected.",
        "`a = 1 b = 2`|The text is no TOML at 1:7: nothing else may stand on this line.",
        "`a = [1\n\n2]`|The text is no TOML at 3:1: `,` or `]` is expected.",
        "`[a`|The text is no TOML at 1:3: `]` is expected.",
        "`[[a]\n`|The text is no TOML at 1:4: `]]` is expected.",
        "`key`|The text is no TOML at 1:4: `=` is expected.",
        "`a = \"x\\y\"`|The text is no TOML at 1:7: there is no such escape.",
        "`a = \"\"\"x`|The text is no TOML at 1:5: the quote that begins here is never closed.",
      })
  void what_is_wrong_is_told_with_its_place(String text, String message) throws Exception {
    assertThat(refused(text).sentence()).isEqualTo(message);
  }

  @Test
  void depth_is_limited_however_it_is_made() throws Exception {
    for (var text :
        new String[] {
          "a = " + "[".repeat(100_000),
          "a = " + "{b = ".repeat(100_000),
          "a.".repeat(100_000) + "a = 1",
          "[" + "a.".repeat(100_000) + "a]",
          "[" + "a.".repeat(300) + "a]\n" + "b.".repeat(300) + "b = 1",
          "a = " + "{b.b.b.b = ".repeat(200),
        }) {
      assertThat(refused(text).code()).isEqualTo(TomlError.TOO_DEEP);
    }
    var deepest = "[[" + "a.".repeat(498) + "a]]\n";
    var all = new StringBuilder("x = " + "[".repeat(499) + "]".repeat(499) + "\n");
    for (int i = 0; i < 499; i++) {
      all.append("[[").append("a.".repeat(i)).append("a]]\n");
    }
    assertThat(parse(deepest)).contains("[{}]");
    assertThat(parse(all.toString())).endsWith("]}");
  }

  @Test
  void what_is_written_reads_like_written_by_hand() throws Exception {
    assertThat(
            write(
                """
                {"server":{"tls":{"cert":"a\\\\b"},"port":80,"hosts":["a","b"]},"title":"it's \\"x\\"","on":true,
                "users":[{"name":"ada","tags":[]},{"name":"bob","home":{"dir":"/"}}],"empty":{},"script":"set -e\\nmake\\n",
                "mixed":[1,{"a":"x\\ny"}],"deep":{"er":{"k":1.5}},"a b":{"":{"ü":1e21}},"big":100000000000000000000,"none":[]}
                """))
        .isEqualTo(
            """
            title = "it's \\"x\\""
            on = true
            script = \"""
            set -e
            make
            \"""
            mixed = [1, { a = "x\\ny" }]
            big = 100000000000000000000.0
            none = []

            [server]
            port = 80
            hosts = ["a", "b"]

            [server.tls]
            cert = "a\\\\b"

            [[users]]
            name = "ada"
            tags = []

            [[users]]
            name = "bob"

            [users.home]
            dir = "/"

            [empty]

            [deep.er]
            k = 1.5

            ["a b".""]
            "ü" = 1.0E21
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{\"a\":\"\\n\"}`",
        "`{\"a\":\"\\n\\n\\\"\\\"\\\"\\\"x\\\"\\\"\"}`",
        "`{\"a\":\"x\\\\\\ny\\r\\nz\"}`",
        "`{\"a\":\"\\u0000\\u007f\\u0085\\ufeff\\ud83d\\ude00\"}`",
        "`{\"a\":[[],[{}],[{\"b\":[{\"c\":\"x\\ny\"}]}]]}`",
        "`{\"a\":[{},{\"b\":{}},{\"c\":[{\"d\":1}]}],\"z\":{\"y\":[{\"x\":[1]}],\"w\":1}}`",
        "`{\"\":{\"\":{\"\":1}},\"a.b\":{\"c.d\":2},\"__proto__\":{\"x\":1}}`",
        "`{\"a\":{\"b\":{\"c\":{}}}}`",
        "`{\"d\":{\"e\":1,\"f\":{\"g\":2}},\"d2\":\"1979-05-27\"}`",
      })
  void what_is_written_is_read_back(String json) throws Exception {
    assertThat(JSON.readTree(parse(write(json)))).isEqualTo(JSON.readTree(json));
  }

  @Test
  void recipes_read_change_and_write(@TempDir Path folder) throws Exception {
    var recipe = new DataRecipe(folder, "toml");
    assertThat(
            recipe.value(
                "[toml.parse('a = inf\\nb.c = 0xff').a === Infinity, toml.parse('[x]\\ny = 1').x.y + 1,"
                    + " Object.keys(toml.parse('__proto__.a = 1'))]"))
        .isEqualTo("[true,2,[\"__proto__\"]]");
    assertThat(recipe.value("toml.stringify({ a: undefined, d: new Date(0), n: -1.5 })"))
        .isEqualTo("\"d = \\\"1970-01-01T00:00:00.000Z\\\"\\nn = -1.5\\n\"");
    assertThat(recipe.error("toml.parse('a = 1\\na = 2', { name: 'app.toml' })"))
        .isEqualTo(
            "toml.duplicate-key: `app.toml` has the key `a` twice at 2:1; it stands in line 1 already.");
    assertThat(recipe.error("toml.stringify({ a: { b: [1, null] } })"))
        .isEqualTo(
            "toml.null-value: There is nothing, or no number, at `a.b.1`, and TOML has no word for that.");
    assertThat(recipe.error("toml.stringify([1])"))
        .isEqualTo("toml.no-table: TOML is written of an object only.");
    assertThat(recipe.error("toml.stringify(undefined)")).startsWith("toml.no-table: ");
    assertThat(
            recipe.error(
                "toml.stringify((() => { let v = {}; for (let i = 0; i < 600; i++) v = { v }; return v; })())"))
        .isEqualTo("toml.value-too-deep: The value is nested more than 500 levels deep.");
    assertThat(recipe.error("toml.parse('a = 1', { nmae: 'x' })"))
        .isEqualTo(
            "recipe.op-argument: `toml.parse` was called with a wrong argument: it has no option `nmae`.");
    assertThat(recipe.error("toml.parse()")).endsWith("it takes a text.");
  }

  @Test
  void what_grows_is_read_in_time_that_grows_alike() throws Exception {
    var text = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      text.append("[[vm]]\nid = ").append(i).append("\nnet.ip = \"10.0.0.1\"\n");
    }
    assertThat(parse(text.toString())).endsWith("{\"id\":99999,\"net\":{\"ip\":\"10.0.0.1\"}}]}");
    assertThat(parse("a = " + "[" + "1,".repeat(500_000) + "]")).endsWith("1]}");
  }
}
