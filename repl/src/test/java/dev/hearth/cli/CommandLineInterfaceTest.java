package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.Hearth;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is typed, what is seen, and the exit status. */
class CommandLineInterfaceTest {
  private final TypedCommand hearth = new TypedCommand();

  @Test
  void without_a_command_it_says_which_there_are() {
    assertThat(hearth.type()).isZero();
    assertThat(hearth.out()).startsWith("Hearth runs recipes").contains("\n  version  ");
  }

  @Test
  void help_is_the_same_by_flag_and_by_word() {
    hearth.type("completion", "--help");
    var byFlag = hearth.out();
    hearth.type("help", "completion");
    assertThat(hearth.out()).isEqualTo(byFlag).contains("Usage: hearth completion [OPTIONS] SHELL");
  }

  @Test
  void a_mistyped_command_is_answered_with_the_nearest() {
    assertThat(hearth.type("verison")).isEqualTo(2);
    assertThat(hearth.err())
        .isEqualTo(
            """
            error: `verison` is not a command of Hearth.                 cli.unknown-command
              hint: Did you mean `hearth version`?
            """);
    assertThat(hearth.out()).isEmpty();
  }

  @Test
  void a_command_like_nothing_else_gets_the_list() {
    hearth.type("frobnicate");
    assertThat(hearth.err()).contains("hint: List the commands with `hearth --help`.");
  }

  @Test
  void a_mistyped_option_is_answered_with_the_nearest() {
    assertThat(hearth.type("version", "--jsno")).isEqualTo(2);
    assertThat(hearth.err())
        .contains("`--jsno` is not an option of `hearth version`.")
        .contains("hint: Did you mean `--json`?");
  }

  @Test
  void arguments_are_counted() {
    assertThat(hearth.type("completion")).isEqualTo(2);
    assertThat(hearth.err()).contains("`hearth completion` needs SHELL.");
    assertThat(hearth.type("completion", "bash", "more")).isEqualTo(2);
    assertThat(hearth.err()).contains("`more` is one argument too many for `hearth completion`.");
  }

  @Test
  void a_choice_is_one_of_its_few() {
    assertThat(hearth.type("completion", "bsh")).isEqualTo(2);
    assertThat(hearth.err())
        .contains("SHELL cannot be `bsh`.")
        .contains("hint: Did you mean `bash`?");
    hearth.type("completion", "powershell");
    assertThat(hearth.err()).contains("hint: Use one of: bash, zsh, fish.");
  }

  @Test
  void a_flag_takes_no_value() {
    assertThat(hearth.type("version", "--json=yes")).isEqualTo(2);
    assertThat(hearth.err()).contains("The option `--json` takes no value.");
  }

  @Test
  void an_option_before_the_command_is_explained() {
    assertThat(hearth.type("--json", "version")).isEqualTo(2);
    assertThat(hearth.out()).contains("Options stand after the command");
  }

  @Test
  void with_json_an_error_is_a_document_on_standard_output() {
    assertThat(hearth.type("completion", "--json", "bsh")).isEqualTo(2);
    assertThat(hearth.err()).isEmpty();
    assertThat(hearth.out())
        .startsWith("{\"schema\":1,\"type\":\"error\",\"error\":{\"code\":\"cli.bad-choice\",")
        .endsWith("}\n");
  }

  @Test
  void what_was_typed_cannot_steer_the_terminal() {
    hearth.type("\u001b[2J");
    assertThat(hearth.err()).contains("`\\u001b[2J` is not a command");
  }

  @Test
  void the_version_is_the_builds_own() {
    hearth.type("version");
    assertThat(hearth.out()).startsWith("hearth " + Hearth.version() + "\n");
    assertThat(hearth.out()).matches("(?s).*GraalJS \\d+\\.\\d+.*");
  }

  @Test
  void a_bug_is_shown_as_one_with_what_to_send() {
    var report =
        BugReport.of(new IllegalStateException("the slot was completed twice"), Optional.empty());
    assertThat(report.kind().exitStatus()).isEqualTo(70);
    assertThat(report.message())
        .isEqualTo("Hearth has a bug: IllegalStateException: the slot was completed twice.");
    assertThat(report.details()).containsKeys("version", "java", "system", "trace");
  }

  @Test
  void every_command_can_tell_its_model_and_shows_an_example_of_itself() {
    for (var name : CommandName.values()) {
      var command = name.create();
      assertThat(command.spec()).isNotNull();
      assertThat(command.examples())
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line).contains("hearth " + name.words()));
      assertThat(hearth.type(concat(name.words() + " --help"))).isZero();
      assertThat(hearth.out()).startsWith(name.summary() + "\n");
    }
  }

  private static String[] concat(String words) {
    return words.split(" ", -1);
  }

  @Test
  void every_command_has_its_help_as_json_too() throws IOException {
    var json = JsonMapper.builder().build();
    for (var name : CommandName.values()) {
      hearth.type(concat(name.words() + " --help --json"));
      var page = json.readTree(hearth.out());
      assertThat(page.path("type").asText()).isEqualTo("help");
      assertThat(page.path("usage").asText()).startsWith("hearth " + name.words());
      assertThat(page.at("/sections/0/rows/0/term").asText()).isNotEmpty();
    }
  }

  @Test
  void what_answers_with_text_has_a_json_form() throws IOException {
    var json = JsonMapper.builder().build();
    hearth.type("completion", "fish", "--json");
    assertThat(json.readTree(hearth.out()).path("script").asText()).contains("complete -c hearth");
    hearth.type("--version", "--json");
    assertThat(json.readTree(hearth.out()).path("type").asText()).isEqualTo("version");
    hearth.type("--help", "--json");
    assertThat(json.readTree(hearth.out()).at("/sections/0/heading").asText())
        .isEqualTo("Commands");
  }
}
