package dev.hearth.stdlib.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.hearth.stdlib.fuzz.Fuzz;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever is read as CSV or written as such. */
class CsvFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final CsvPureOps.Read LISTS =
      new CsvPureOps.Read(null, null, null, BooleanNode.FALSE);
  private static final CsvPureOps.Write PLAIN =
      new CsvPureOps.Write(null, null, BooleanNode.FALSE, null, null, null);

  private final CsvPureOps ops = new CsvPureOps();

  @Test
  void whatever_is_read_is_rows_that_are_written_and_read_back_or_an_error_with_a_place() {
    var fuzz =
        new Fuzz(
            List.of("a,b\r\n1,2\r\n", "\"x\ny\",\"q\"\"q\"\n,\n", "\ufeffname;ip\n\n'a';2\n"),
            "\",;'\r\n\t \ufeff\u0000ax1=");
    assertThat(
            fuzz.run(
                text -> {
                  var rows = ops.parse(LISTS, text).json();
                  var again = ops.parse(LISTS, ops.stringify(PLAIN, rows)).json();
                  assertThat(JSON.readTree(again)).isEqualTo(JSON.readTree(rows));
                }))
        .isPositive();
  }

  @Test
  void whatever_text_is_written_is_read_back() {
    var fuzz = new Fuzz(List.of("plain", "a,b", "\"q\"", "line\r\nline"), "\",;'\r\n\t \ufeff=-a");
    assertThat(
            fuzz.run(
                text -> {
                  var rows = JSON.createArrayNode();
                  rows.addArray().add(text).add("").add(text);
                  rows.addArray().add("").add(text).add("x");
                  var written = ops.stringify(PLAIN, rows.toString());
                  assertThat(JSON.readTree(ops.parse(LISTS, written).json())).isEqualTo(rows);
                }))
        .isPositive();
  }
}
