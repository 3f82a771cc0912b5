package dev.hearth.runtime.param;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.module.FakeFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of parameter values. */
class ParameterFileTest {
  private static ParameterFile read(String name, String content) {
    return ParameterFile.read(Path.of(name), new FakeFiles().with(name, content));
  }

  private static HearthException refusal(String name, String content) {
    return catchThrowableOfType(HearthException.class, () -> read(name, content));
  }

  @Test
  void json_and_yaml_say_the_same() {
    assertThat(read("a.yaml", "node: pve\nmemory: 2048\ntags: [a, b]\ndisk:\n  size: 5\n").values())
        .hasToString("{node=\"pve\", memory=2048, tags=[\"a\",\"b\"], disk={\"size\":5}}");
    assertThat(
            read(
                    "a.json",
                    "{\"node\":\"pve\",\"memory\":2048,\"tags\":[\"a\",\"b\"],\"disk\":{\"size\":5}}")
                .values())
        .hasToString(
            read("a.yml", "{node: pve, memory: 2048, tags: [a, b], disk: {size: 5}}")
                .values()
                .toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a.json | {\"a\": 1, \"a\": 2} | the key `a` stands twice in one object",
        "a.json | {} {} | something follows its value",
        "a.json | [1] | it holds no object",
        "a.json | {\"a\": | it ends in the middle of a value",
        "a.yaml | text | it holds no object",
        "a.yaml | \"a: 1\na: 2\" | the key `a` stands twice",
        "a.yaml | \"a: &x [1]\nb: *x\" | it uses anchors and aliases",
        "a.yaml | \"--- {}\n--- {}\" | something follows its value",
        "a.yaml | \"a: [\" | while parsing",
        "a.json | {\"a\" 1} | `1` cannot stand here",
        "a.json | {\"a\": yes} | `yes` is no value; texts stand in double quotes",
        "a.txt | {} | its name ends neither with `.json` nor with `.yaml`",
      })
  void a_wrong_file_says_what_is_wrong(String name, String content, String reason) {
    assertThat(refusal(name, content.replace("\\n", "\n")).sentence())
        .startsWith("The parameter file `" + name + "` is wrong: ")
        .contains(reason);
  }

  @Test
  void a_syntax_error_has_its_line() {
    assertThat(refusal("a.json", "{\n  \"a\": 1,\n  b: 2\n}").location().orElseThrow().line())
        .isEqualTo(3);
  }

  @Test
  void bottomless_files_are_refused() {
    assertThat(refusal("a.json", "{\"a\":" + "[".repeat(100_000)).sentence())
        .isEqualTo("The parameter file `a.json` is wrong: it is nested too deeply.");
    assertThat(refusal("a.yaml", "a: " + "[".repeat(100_000)).id()).isEqualTo("param.file-wrong");
    assertThat(refusal("a.json", " ".repeat(1 << 20) + "{}").sentence())
        .contains("larger than 1024 KiB");
  }

  @Test
  void a_missing_file_is_told() {
    assertThat(
            catchThrowableOfType(
                HearthException.class,
                () -> ParameterFile.read(Path.of("b.json"), new FakeFiles())))
        .hasMessage("The parameter file `b.json` cannot be read: it does not exist.");
  }
}
