package dev.hearth.stdlib.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.DataRecipe;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading and writing CSV. */
class CsvTest {
  private static final CsvPureOps.Read PLAIN = new CsvPureOps.Read(null, null, null, null);

  private final CsvPureOps ops = new CsvPureOps();

  private static String unescaped(String text) {
    return text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a,b\\r\\n1,2\\r\\n|[{\"a\":\"1\",\"b\":\"2\"}]",
        "a,b\\n1,2|[{\"a\":\"1\",\"b\":\"2\"}]",
        "a\\r1\\r2\\r|[{\"a\":\"1\"},{\"a\":\"2\"}]",
        "a,b\\n,\\n|[{\"a\":\"\",\"b\":\"\"}]",
        "\ufeffa\\n1|[{\"a\":\"1\"}]",
        "\ufeff\"a\"\\n1|[{\"a\":\"1\"}]",
        "\\n\\na\\n\\n1\\n\\n|[{\"a\":\"1\"}]",
        "a\\n\"\"\\n|[{\"a\":\"\"}]",
        "a\\n\"x\"\"y\"\"\"\\n|[{\"a\":\"x\\\"y\\\"\"}]",
        "a,b\\n\"1,\\r\\n2\",3|[{\"a\":\"1,\\r\\n2\",\"b\":\"3\"}]",
        "a\\n 1 \\n|[{\"a\":\" 1 \"}]",
        "a b,'c'\\n1,2|[{\"a b\":\"1\",\"'c'\":\"2\"}]",
        "a,b|[]",
        "``|[]",
        "\ufeff|[]",
        "__proto__,constructor\\n1,2|[{\"__proto__\":\"1\",\"constructor\":\"2\"}]",
      })
  void rows_are_objects_by_the_names_in_the_first(String escaped, String json) throws Exception {
    assertThat(ops.parse(PLAIN, unescaped(escaped)).json()).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a,b\\n1|csv.ragged-row: The text has a row with 1 field at 2:1, where 2 are expected.",
        "a,b\\n\"x\\ny\",2\\n1,2,3|csv.ragged-row: The text has a row with 3 fields at 4:1, where 2 are expected.",
        "a,b,a\\n1,2,3|csv.duplicate-column: The text names two columns `a` at 1:1.",
        "a\\nx\"y|csv.syntax: The text is no CSV at 2:2: a quote stands inside a field without quotes around it.",
        "a\\n \"y\"|csv.syntax: The text is no CSV at 2:2: a quote stands inside a field without quotes around it.",
        "a,b\\n1,\"y\\nz|csv.syntax: The text is no CSV at 2:3: the quote that begins here is never closed.",
        "a,b\\n1,\"y\"\"|csv.syntax: The text is no CSV at 2:3: the quote that begins here is never closed.",
        "a\\n\"y\" ,|csv.syntax: The text is no CSV at 2:4: after a closing quote comes the delimiter or the end of the line.",
        "a\\n\"|csv.syntax: The text is no CSV at 2:1: the quote that begins here is never closed.",
      })
  void what_is_wrong_is_told_with_its_place(String escaped, String message) throws Exception {
    try {
      ops.parse(PLAIN, unescaped(escaped));
    } catch (HearthException e) {
      assertThat(e.code().text().id() + ": " + e.sentence()).isEqualTo(message);
      assertThat(e.details()).containsKeys("line", "column", "excerpt");
      return;
    }
    throw new AssertionError("It was read: " + escaped);
  }

  @Test
  void recipes_read_and_write_other_dialects(@TempDir Path folder) throws Exception {
    var recipe = new DataRecipe(folder, "csv");
    assertThat(
            recipe.value(
                """
                [
                  csv.parse('a;b\\n1;2', { delimiter: ';', header: false }),
                  csv.parse("'a;'\\t'b'", { delimiter: '\\t', quote: "'", header: ['x', 'y'] }),
                  csv.parse('', { header: ['x'] }),
                ]
                """))
        .isEqualTo("[[[\"a\",\"b\"],[\"1\",\"2\"]],[{\"x\":\"a;\",\"y\":\"b\"}],[]]");
    assertThat(recipe.error("csv.parse('a\\n1', { header: ['x', 'y'], name: 'h.csv' })"))
        .isEqualTo("csv.ragged-row: `h.csv` has a row with 1 field at 1:1, where 2 are expected.");
    assertThat(recipe.error("csv.parse('a', { headers: true })"))
        .isEqualTo(
            "recipe.op-argument: `csv.parse` was called with a wrong argument: it has no option `headers`.");
    for (var wrong : new String[] {"';;'", "'\\n'", "''"}) {
      assertThat(recipe.error("csv.parse('a', { delimiter: " + wrong + " })"))
          .isEqualTo(
              "recipe.op-argument: `csv.parse` was called with a wrong argument: `delimiter` is one character, and none that ends a line.");
    }
    assertThat(recipe.error("csv.parse('a', { header: 'a' })"))
        .isEqualTo(
            "recipe.op-argument: `csv.parse` was called with a wrong argument: `header` is true, false or a list of names.");
    assertThat(recipe.error("csv.parse('a', { header: ['a', 'a'] })"))
        .endsWith("`header` has a name twice.");
    assertThat(recipe.error("csv.parse('a', { quote: ',' })"))
        .endsWith("`delimiter` and `quote` are the same.");
    assertThat(recipe.error("csv.parse(5)")).endsWith("it takes a text.");
  }

  @Test
  void what_is_written_has_quotes_only_where_they_are_needed(@TempDir Path folder)
      throws Exception {
    var recipe = new DataRecipe(folder, "csv");
    assertThat(
            recipe.value(
                """
                [
                  csv.stringify([{ a: 1, b: 'x,y' }, { c: null, a: true, b: 'q"q' }, { a: 1e21, b: 0.1, c: 'l\\nl' }]),
                  csv.stringify([['a', ' b '], [undefined, -0.5], [], ['']], { newline: '\\n' }),
                  csv.stringify([[''], [null]], { newline: '\\n' }),
                  csv.stringify([{ a: 1, b: 2 }, { b: 3 }], { header: ['b', 'x'], delimiter: ';', newline: '\\n' }),
                  csv.stringify([{ a: 'ü' }], { header: false, byteOrderMark: true, newline: '\\n' }),
                  csv.stringify([]), csv.stringify([{}]),
                  csv.stringify([], { header: ['a'] }),
                  csv.stringify([['b', 1]], { header: ['x', 'y'] }),
                ]
                """))
        .isEqualTo(
            "[\"a,b,c\\r\\n1,\\\"x,y\\\",\\r\\ntrue,\\\"q\\\"\\\"q\\\",\\r\\n1e+21,0.1,\\\"l\\nl\\\"\\r\\n\","
                + "\"a,\\\" b \\\"\\n,-0.5\\n\\\"\\\"\\n\",\"\\\"\\\"\\n\\\"\\\"\\n\",\"b;x\\n2;\\n3;\\n\","
                + "\"\ufeffü\\n\",\"\",\"\",\"a\\r\\n\",\"x,y\\r\\nb,1\\r\\n\"]");
    assertThat(recipe.error("csv.stringify([{ a: 1 }, { a: [1] }])"))
        .isEqualTo("csv.value-not-flat: Row 2 has a list or an object in column `a`.");
    assertThat(recipe.error("csv.stringify([['a'], { a: 1 }])"))
        .isEqualTo(
            "csv.no-row: Row 2 is no object and no list, or not what the rows before it are.");
    assertThat(recipe.error("csv.stringify(undefined)")).startsWith("csv.no-row: Row 1 ");
    assertThat(recipe.error("csv.stringify([], { newline: '\\r' })"))
        .endsWith("`newline` is '\\n' or '\\r\\n'.");
  }

  @Test
  void texts_that_a_spreadsheet_would_compute_can_be_made_harmless(@TempDir Path folder)
      throws Exception {
    var recipe = new DataRecipe(folder, "csv");
    assertThat(
            recipe.value(
                """
                csv.stringify([['=1+1', '+1', '-1', '@SUM(A1)', '\\t=1', '\\r=1', '＝1', -1, 'a=1', '']],
                  { formulas: 'escape', newline: '\\n' })
                """))
        .isEqualTo("\"'=1+1,'+1,'-1,'@SUM(A1),'\\t=1,\\\"'\\r=1\\\",'＝1,-1,a=1,\\n\"");
    assertThat(recipe.value("csv.stringify([{ '=cmd': '=1' }], { formulas: 'escape' })"))
        .isEqualTo("\"'=cmd\\r\\n'=1\\r\\n\"");
    assertThat(recipe.value("csv.stringify([['=1']])")).isEqualTo("\"=1\\r\\n\"");
  }

  @Test
  void what_grows_is_read_in_time_that_grows_alike() throws Exception {
    var json = ops.parse(PLAIN, "a,b\n" + "\"x\"\"y\",2\n".repeat(300_000)).json();
    assertThat(json).endsWith("{\"a\":\"x\\\"y\",\"b\":\"2\"}]");
  }
}
