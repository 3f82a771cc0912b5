package dev.hearth.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.report.ErrorRenderer;
import dev.hearth.terminal.Screen;
import dev.hearth.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The REPL with its input from a pipe. */
class PipedReplTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Echo session = new Echo();

  private int pipe(String lines) throws Exception {
    var in = new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
    var terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Screen.pipe(),
            Screen.pipe(),
            false);
    var repl =
        new Repl(session, terminal, ErrorRenderer.Detail.BRIEF, new OneFile(), Repl.OnError.STOP);
    try (var input = new PipedInput(in, session::isIncomplete)) {
      return repl.run(input);
    }
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void each_value_is_printed_without_a_prompt() throws Exception {
    assertThat(pipe("1\nrows\nlet x\n\n'Grüße'\n")).isZero();
    assertThat(out())
        .isEqualTo(
            """
            1
            vmid  name
             100  web
            9000  debian-12
            'Grüße'
            """);
    assertThat(err()).isEmpty();
  }

  @Test
  void a_long_list_comes_whole_an_item_a_line() throws Exception {
    pipe("many\n");
    assertThat(out().lines()).hasSize(250).endsWith("248", "249");
  }

  @Test
  void lines_are_put_together_until_they_are_whole() throws Exception {
    pipe("if (a) {\n  b\n}\nc");
    assertThat(session.evaluated).containsExactly("if (a) {\n  b\n}", "c");
  }

  @Test
  void what_never_becomes_whole_is_evaluated_so_that_its_error_is_told() throws Exception {
    pipe("if (a) {\n");
    assertThat(session.evaluated).containsExactly("if (a) {");
  }

  @Test
  void a_word_of_other_shells_is_told_how_it_is_typed_here() throws Exception {
    for (var word : List.of("exit", "quit", "help", "clear")) {
      err.reset();
      assertThat(pipe(word + "\n")).isEqualTo(2);
      assertThat(err()).contains("`" + word + "` is no name of JavaScript.").contains("hint: ");
      assertThat(err())
          .contains("Commands begin with a dot: type `." + word.replace("quit", "exit") + "`.");
    }
  }

  @Test
  void an_error_ends_it_with_its_status() throws Exception {
    assertThat(pipe("fail\n2\n")).isEqualTo(1);
    assertThat(err()).startsWith("error: ReferenceError: x is not defined");
    assertThat(session.evaluated).containsExactly("fail");
  }

  @Test
  void commands_begin_with_a_dot() throws Exception {
    pipe(".load tools.js\n.exit\n3\n");
    assertThat(session.evaluated).containsExactly("let tools");
    assertThat(session.sources).containsExactly("tools.js");
  }

  @Test
  void a_number_that_begins_with_a_dot_is_no_command() throws Exception {
    pipe(".5\n");
    assertThat(session.evaluated).containsExactly(".5");
  }

  @Test
  void a_mistyped_command_is_answered_with_the_nearest() throws Exception {
    assertThat(pipe(".hlep\n")).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            """
            error: `.hlep` is not a command of the REPL.                repl.unknown-command
              hint: Did you mean `.help`?
            """);
  }

  @Test
  void help_names_the_commands_and_the_modules() throws Exception {
    pipe(".help\n");
    assertThat(out())
        .contains("  .load FILE    Evaluate a file")
        .contains("  Tab           Complete a name")
        .contains("hearth:log, hearth:pro");
  }
}
