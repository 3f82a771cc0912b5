package dev.hearth.stdlib.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.DataRecipe;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading and writing YAML. */
class YamlTest {
  private static final YamlPureOps.Read PLAIN = new YamlPureOps.Read(null, null, null);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final YamlPureOps ops = new YamlPureOps();

  private String parse(String text) {
    return ops.parse(PLAIN, text).json();
  }

  private String write(String json) throws Exception {
    return ops.stringify(new YamlPureOps.Write(2, false), json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "no|\"no\"",
        "on|\"on\"",
        "yes|\"yes\"",
        "true|true",
        "True|true",
        "~|null",
        "Null|null",
        "0755|755",
        "0o17|15",
        "0x1F|31",
        "1_000|\"1_000\"",
        "1:30|\"1:30\"",
        "1e3|1e3",
        ".5|0.5",
        "5.|5",
        "+12|12",
        "-7|-7",
        "-|[null]",
        "+.inf|1e999",
        ".nan|null",
        "2001-12-14|\"2001-12-14\"",
        "12345678901234567890|\"12345678901234567890\"",
        "9007199254740991|9007199254740991",
        "0x|\"0x\"",
        "1e|\"1e\"",
        "'5'|\"5\"",
        "!!str 5|\"5\"",
        "!!int '5'|5",
        "! 5|\"5\"",
        ".|\".\"",
        "007|7",
        "1.2.3|\"1.2.3\"",
        "0.10|0.10",
      })
  void a_plain_word_means_what_yaml_1_2_says(String yaml, String json) {
    assertThat(parse(yaml)).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "no|false",
        "on|true",
        "Yes|true",
        "0755|493",
        "0b11|3",
        "1_000|1000",
        "1:30|90",
        "22:22|1342",
        "08|\"08\"",
        "12|12",
        "1.5|1.5",
        "2001-12-14|\"2001-12-14\"",
        "y|\"y\"",
        "0o17|\"0o17\"",
      })
  void version_1_1_is_read_as_older_programs_do(String yaml, String json) {
    assertThat(ops.parse(new YamlPureOps.Read(null, Version.V1_1, null), yaml).json())
        .isEqualTo(json);
  }

  @Test
  void aliases_repeat_and_merge_keys_give_way_to_what_stands_beside_them() {
    assertThat(
            parse(
                """
                base: &base {image: a, env: &env [1, {x: 2}], restart: always}
                other: &other {image: o, user: u}
                web:
                  image: mine
                  <<: [*base, *other]
                  env2: *env
                inline: {<<: {k: 1}, k: 2, l: 3}
                """))
        .isEqualTo(
            "{\"base\":{\"image\":\"a\",\"env\":[1,{\"x\":2}],\"restart\":\"always\"},"
                + "\"other\":{\"image\":\"o\",\"user\":\"u\"},"
                + "\"web\":{\"env\":[1,{\"x\":2}],\"restart\":\"always\",\"user\":\"u\",\"image\":\"mine\","
                + "\"env2\":[1,{\"x\":2}]},\"inline\":{\"k\":2,\"l\":3}}");
  }

  @Test
  void documents_are_counted() {
    assertThat(ops.parseAll(PLAIN, "a: 1\n---\n- b\n...\n---\n").json())
        .isEqualTo("[{\"a\":1},[\"b\"],null]");
    assertThat(ops.parseAll(PLAIN, "# nothing\n").json()).isEqualTo("[]");
    assertThat(parse("")).isEqualTo("null");
    assertThat(parse("---\n# x\n")).isEqualTo("null");
  }

  private HearthException refused(String text) {
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
        "`a: 1\nb: 2\na: 3`|The text has the key `a` twice at 3:1; it stands in line 1 already.",
        "`a: b: c`|The text is no YAML at 1:5: mapping values are not allowed here.",
        "`a: [1,\n  2`|The text is no YAML at 2:4: expected ',' or ']', but got <stream end>.",
        "`x: *nope`|The text names `*nope` at 1:4, but nothing before it has the anchor `&nope`.",
        "`a: !vault x`|The text has the tag `!vault` at 1:4, which has no meaning here.",
        "`a: !!int x`|The text says at 1:4 that `x` is of the type `int`, which it is not.",
        "`[1]: 2`|The text has a list or a map as a key at 1:1.",
        "`<<: 5`|The text merges at 1:5 what is no map.",
        "`a: 1\n---\nb: 2`|The text has another document at 2:1.",
        "`a: \"\ud83d\ude00\" b`|The text is no YAML at 1:9: expected <block end>, but found '<scalar>'.",
        "`a: \u0001`|The text is no YAML at 1:4: the character U+0001 may not stand in YAML.",
      })
  void what_is_wrong_is_told_with_its_place(String escaped, String message) {
    var text = unescaped(escaped);
    assertThat(refused(text).sentence()).isEqualTo(message);
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n");
  }

  @Test
  void the_excerpt_points_at_the_place() {
    assertThat(refused("services:\n  web: a: b\n").details())
        .containsEntry("line", 2)
        .containsEntry("column", 9)
        .containsEntry("excerpt", "    2 |   web: a: b\n      |         ^");
  }

  @Test
  void a_billion_laughs_are_refused() {
    var text = new StringBuilder("a0: &a0 [lol,lol,lol,lol,lol,lol,lol,lol,lol,lol]\n");
    for (int i = 1; i < 10; i++) {
      text.append("a%d: &a%d [".formatted(i, i));
      text.append("*a%d,".formatted(i - 1).repeat(10)).append("]\n");
    }
    assertThat(refused(text.toString()).code()).isEqualTo(YamlError.TOO_MANY_ALIASES);
    assertThat(refused("a: &a [*a]").code()).isEqualTo(YamlError.UNKNOWN_ALIAS);
    assertThat(refused("[".repeat(1_001)).code()).isEqualTo(YamlError.TOO_DEEP);
  }

  @Test
  void unknown_tags_can_be_ignored() {
    var how = new YamlPureOps.Read(null, null, YamlPureOps.Tags.ignore);
    assertThat(ops.parse(how, "a: !secret pw\nb: !x [1]\n").json())
        .isEqualTo("{\"a\":\"pw\",\"b\":[1]}");
  }

  @Test
  void what_is_written_reads_like_written_by_hand() throws Exception {
    assertThat(
            write(
                """
                {"services":{"web":{"image":"nginx:1.29","ports":["80:80","22:22"],"command":[],
                "environment":{"A":"no","B":"1.0","C":"","D":"it's","E":"# x","F":"a: b","G":"plain text"},
                "script":"set -e\\n\\n  make\\n","tail":"a\\nb","keep":"a\\n\\n","list":[[1,2],{"x":1,"y":[3]}],
                "n":null,"t":true,"f":1.5,"tab":"a\\tb","date":"2001-12-14","-x":"-x","null":"null"}}}
                """))
        .isEqualTo(
            """
            services:
              web:
                image: nginx:1.29
                ports:
                  - '80:80'
                  - '22:22'
                command: []
                environment:
                  A: 'no'
                  B: '1.0'
                  C: ''
                  D: it's
                  E: '# x'
                  F: 'a: b'
                  G: plain text
                script: |
                  set -e

                    make
                tail: |-
                  a
                  b
                keep: |+
                  a

                list:
                  - - 1
                    - 2
                  - x: 1
                    'y':
                      - 3
                'n': null
                t: true
                f: 1.5
                tab: "a\\tb"
                date: '2001-12-14'
                '-x': '-x'
                'null': 'null'
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"a\\u0000\\u0085\\u2028\\ufeff\"`",
        "`\" lead\"`",
        "`\"trail \"`",
        "`\"\\n\"`",
        "`\"\\n\\na\"`",
        "`\"a\\n \\n\\tb\\n  \"`",
        "`\"\\ta\\nb\"`",
        "`\"a\\r\\nb\"`",
        "`[[],{},[[]]]`",
        "`{\"\":\"\",\" \":\"x\",\"a\\nb\":{\"c\":1}}`",
        "`\"---\"`",
        "`\"--- a\"`",
        "`\"... a\"`",
        "`\"&a\"`",
        "`\"%a\"`",
        "`\"a #b\"`",
        "`\"a:\"`",
        "`\"=\"`",
        "`\"-\"`",
        "`\"? x\"`",
        "`[\"a\\nb\",{\"k\":\"a\\nb\\n\"}]`",
        "`\"\\ud83d\\ude00\"`",
        "`{\"<<\":{\"a\":1}}`",
      })
  void what_is_written_is_read_back(String json) throws Exception {
    var again = parse(write(json));
    assertThat(JSON.readTree(again)).isEqualTo(JSON.readTree(json));
  }

  @Test
  void recipes_read_change_and_write(@TempDir Path folder) throws Exception {
    var recipe = new DataRecipe(folder, "yaml");
    assertThat(
            recipe.value(
                "yaml.parse('a: {b: [1, no]}').a.b.concat(Infinity === yaml.parse('.inf'))"))
        .isEqualTo("[1,\"no\",true]");
    assertThat(recipe.value("Object.keys(yaml.parse('__proto__: {a: 1}'))"))
        .isEqualTo("[\"__proto__\"]");
    assertThat(
            recipe.value(
                "yaml.stringify({ b: [undefined, () => 1], a: 'x\\ny' }, { sortKeys: true, indent: 4 })"))
        .isEqualTo("\"a: |-\\n    x\\n    y\\nb:\\n    - null\\n    - null\\n\"");
    assertThat(recipe.error("yaml.parse('a: 1\\na: 2', { name: 'c.yaml' })"))
        .isEqualTo(
            "yaml.duplicate-key: `c.yaml` has the key `a` twice at 2:1; it stands in line 1 already.");
    assertThat(recipe.error("yaml.parse('a: 1', { vresion: '1.1' })"))
        .isEqualTo(
            "recipe.op-argument: `yaml.parse` was called with a wrong argument: it has no option `vresion`.");
    assertThat(recipe.error("yaml.parse('a: 1', { version: '1.3' })"))
        .isEqualTo(
            "recipe.op-argument: `yaml.parse` was called with a wrong argument: `version` takes one of 1.1, 1.2.");
    assertThat(recipe.error("yaml.stringify({}, { indent: 0 })"))
        .isEqualTo(
            "recipe.op-argument: `yaml.stringify` was called with a wrong argument: `indent` is 1 to 8, not 0.");
    assertThat(
            recipe.error(
                "yaml.stringify((() => { let v = {}; for (let i = 0; i < 600; i++) v = { v }; return v; })())"))
        .isEqualTo("yaml.value-too-deep: The value is nested more than 500 levels deep.");
    assertThat(recipe.error("yaml.parse(undefined)"))
        .isEqualTo(
            "recipe.op-argument: `yaml.parse` was called with a wrong argument: it takes a text.");
  }

  @Test
  void what_grows_is_read_in_time_that_grows_alike() {
    var text = "- {a: &a b, c: *a}\n".repeat(50_000);
    assertThat(parse(text)).endsWith("}]");
    assertThatThrownBy(() -> parse("[".repeat(100_000))).isInstanceOf(HearthException.class);
  }
}
