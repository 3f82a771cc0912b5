package dev.hearth.stdlib.toml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.stdlib.fuzz.Fuzz;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever is read as TOML or written as such. */
class TomlFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TomlPureOps ops = new TomlPureOps();

  @Test
  void whatever_is_read_is_a_value_or_an_error_with_a_place() {
    var fuzz =
        new Fuzz(
            List.of(
                "a = 1\nb.c = [1, 'two', 3.0]\n[t.u]\nd = {e = true, f.g = \"h\"}\n",
                "[[p]]\nn = 0x1F # c\n[p.q]\nr = 1979-05-27 07:32:00Z\n[[p]]\ns = 07:32:00.5\n",
                "x = \"\"\"\na \\\n  b\"\"\"\ny = '''z'''\n\"k \\u0041\" = inf\n"),
            "=.[]{},'\"\\#\n\r\t -+_:TZe0123456789xobnaif\ufeff\u0000");
    assertThat(
            fuzz.run(
                text -> {
                  var json = ops.parse(new TomlPureOps.Read(null), text).json();
                  JSON.readTree(json.replace("1e999", "1"));
                }))
        .isPositive();
  }

  @Test
  void whatever_text_is_written_is_read_back() {
    var fuzz =
        new Fuzz(
            List.of("plain", "line\nline\n", "\"\"\"\"", "a\\\n b", "1979-05-27"),
            "\"'\\\n\r\t =.[]{}#\u0000\u007f\u0085\ufeff");
    assertThat(
            fuzz.run(
                text -> {
                  var value = JSON.createObjectNode().put(text, text);
                  value.putArray("list\n").add(text).addArray().addObject().put(text, text);
                  value
                      .putObject("o" + text)
                      .put(text, text)
                      .putArray("t")
                      .addObject()
                      .put("k", text);
                  var written = ops.stringify(new TomlPureOps.Write(), value.toString());
                  var again = ops.parse(new TomlPureOps.Read(null), written).json();
                  assertThat(JSON.readTree(again)).isEqualTo(value);
                }))
        .isPositive();
  }
}
