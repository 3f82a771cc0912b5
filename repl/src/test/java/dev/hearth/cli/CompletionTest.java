package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion script, run by a real bash as its readline would. */
class CompletionTest {
  private Path script = Path.of("");

  @BeforeEach
  void writeScript(@TempDir Path folder) throws IOException {
    var hearth = new TypedCommand();
    assertThat(hearth.type("completion", "bash")).isZero();
    script = Files.writeString(folder.resolve("hearth.bash"), hearth.out());
  }

  /** What bash offers after these words, the last of which is being typed. */
  private List<String> offered(String... words) throws IOException, InterruptedException {
    var quoted = String.join(" ", List.of(words).stream().map(word -> "'" + word + "'").toList());
    var lines =
        "source '%s'; COMP_WORDS=(hearth %s); COMP_CWORD=%d; _hearth; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(script, quoted, words.length);
    var bash = new ProcessBuilder("bash", "-c", lines);
    var process = bash.redirectErrorStream(true).start();
    var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(answer).isZero();
    return answer.lines().filter(line -> !line.isEmpty()).toList();
  }

  @Test
  void commands_are_offered_by_their_beginning() throws Exception {
    assertThat(offered("vers")).containsExactly("version");
    assertThat(offered("")).containsExactlyElementsOf(CommandName.firstWords());
  }

  @Test
  void options_are_those_of_the_command() throws Exception {
    assertThat(offered("version", "--js")).containsExactly("--json");
    assertThat(offered("completion", "--")).contains("--help", "--no-color");
  }

  @Test
  void an_argument_with_few_values_offers_them() throws Exception {
    assertThat(offered("completion", "")).containsExactly("bash", "zsh", "fish");
    assertThat(offered("completion", "--json", "z")).containsExactly("zsh");
  }
}
