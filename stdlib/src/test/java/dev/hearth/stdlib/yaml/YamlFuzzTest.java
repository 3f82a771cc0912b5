package dev.hearth.stdlib.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.stdlib.fuzz.Fuzz;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever is read as YAML or written as such. */
class YamlFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final YamlPureOps ops = new YamlPureOps();

  @Test
  void whatever_is_read_is_a_value_or_an_error_with_a_place() {
    var fuzz =
        new Fuzz(
            List.of(
                "a: &a {b: [1, two, 3.0], <<: *a}\nc: |\n  text\n  more\nd: >-\n  folded\n",
                "---\n- 'x'\n- \"y\\u0041\"\n- !!int 5\n...\n--- # comment\n? k\n: v\n",
                "services:\n  web:\n    ports: [\"80:80\"]\n    env: {A: no, B: ~}\n",
                "%YAML 1.2\n---\nx: &y 1\nz: *y\n"),
            "-:?[]{}&*!|>'\"%@`#,~<=\\ \t\n\r0xo_.eE+\u0085\u2028\ufeff\u00fc");
    var how = new YamlPureOps.Read(null, null, YamlPureOps.Tags.ignore);
    assertThat(
            fuzz.run(
                text -> {
                  var json = ops.parseAll(how, text).json();
                  JSON.readTree(json.replace("1e999", "1"));
                }))
        .isPositive();
  }

  @Test
  void whatever_is_edited_is_what_it_is_said_to_be_or_refused() {
    var fuzz =
        new Fuzz(
            List.of(
                "a: &a {b: [1, two, 3.0]}\nc: |\n  text\n  more\nd: >-\n  folded\ne: *a\n",
                "- 'x' # one\n-\n  - b\n  - {c: d}\n# end\n",
                "a:\n  b: 1 # c\n\n  d:\n  - e: f\n"),
            "-:?[]{}&*!|>'\"%@`#,~<=\\ \t\n\r0xo_.eE+\u0085\u2028\ufeff\u00fc");
    var how = new YamlPureOps.Read(null, null, null);
    assertThat(
            fuzz.run(
                text -> {
                  var path = List.of("a", text.length() % 2 == 0 ? "b" : "new");
                  var json = text.length() % 3 == 0 ? null : "{\"x\":[1,\"y\"]}";
                  var changed =
                      ops.change(new YamlPureOps.Change(null, null, null, path, json), text);
                  var read = JSON.readTree(ops.parse(how, changed).json());
                  if (json != null) {
                    assertThat(read.path("a").path(path.getLast())).isEqualTo(JSON.readTree(json));
                  }
                }))
        .isPositive();
  }

  @Test
  void whatever_text_is_written_is_read_back() {
    var fuzz =
        new Fuzz(
            List.of(
                "plain",
                "a: b",
                "line\nline\n",
                "- x",
                "  lead",
                "12:30",
                "yes",
                "a #b",
                "'q'",
                "x\n\n  y"),
            " \t\n\r:#-?[]{}&*!|>'\"%@`,~<=\\0123456789_.eE+abc\u0085\u2028\ufeff\u00fc");
    var how = new YamlPureOps.Read(null, null, null);
    assertThat(
            fuzz.run(
                text -> {
                  if (text.chars().anyMatch(c -> Character.isSurrogate((char) c))) {
                    return; // half a character has no YAML
                  }
                  var value = JSON.createObjectNode().put("key", text);
                  value.putArray("list").add(text).addArray().add(text);
                  value.putObject("o").put(text, 1);
                  var written = ops.stringify(new YamlPureOps.Write(2, false), value.toString());
                  assertThat(JSON.readTree(ops.parse(how, written).json())).isEqualTo(value);
                }))
        .isPositive();
  }
}
