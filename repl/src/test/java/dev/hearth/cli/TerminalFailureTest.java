package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.run.FailurePrompt.Answer;
import dev.hearth.runtime.run.FailurePrompt.Question;
import dev.hearth.terminal.Screen;
import dev.hearth.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a person answers is what becomes of a run that failed. */
class TerminalFailureTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Answer answer(String typed, Answer... possible) {
    return answer(typed, List.of("create", "start"), List.of("wait"), possible);
  }

  private Answer answer(
      String typed, List<String> undoable, List<String> failed, Answer... possible) {
    var stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    var in = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
    var terminal = new Terminal(in, stream, stream, Screen.pipe(), Screen.pipe(), true);
    var error = ErrorReport.of(new HearthException(CliError.BUG, "a test"));
    return new TerminalFailure(terminal)
        .ask(new Question("20261123-035401-k7p2", error, undoable, failed, Set.of(possible)));
  }

  private String shown() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void all_that_can_be_done_stands_in_the_question() {
    assertThat(answer("r\n", Answer.values())).isEqualTo(Answer.RETRY);
    assertThat(shown())
        .isEqualTo("[S]top, to resume it later, [u]ndo `create` `start`, [r]etry `wait`? ");
  }

  @Test
  void the_return_key_and_the_end_of_the_input_stop() {
    assertThat(answer("\n", Answer.values())).isEqualTo(Answer.STOP);
    assertThat(answer("", Answer.values())).isEqualTo(Answer.STOP);
    assertThat(answer("STOP\n", Answer.values())).isEqualTo(Answer.STOP);
  }

  @Test
  void what_is_not_offered_cannot_be_answered() {
    assertThat(answer("r\nretry\nu\n", Answer.STOP, Answer.UNDO)).isEqualTo(Answer.UNDO);
    assertThat(shown())
        .isEqualTo(
            """
            [S]top, to resume it later, [u]ndo `create` `start`? \
            Please answer with one of the letters.
            [S]top, to resume it later, [u]ndo `create` `start`? \
            Please answer with one of the letters.
            [S]top, to resume it later, [u]ndo `create` `start`?\s""");
  }

  @Test
  void many_steps_are_counted_and_their_names_cannot_fool_the_terminal() {
    assertThat(
            answer("undo\n", List.of("1", "2", "3", "4"), List.of("a\u001b[2Jb"), Answer.values()))
        .isEqualTo(Answer.UNDO);
    assertThat(shown()).contains("[u]ndo 4 steps").doesNotContain("\u001b");
  }
}
