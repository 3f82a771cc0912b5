package dev.hearth.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.HearthException;
import dev.hearth.terminal.Questions.Answer;
import org.junit.jupiter.api.Test;

/** Asking a person. */
class QuestionsTest {
  private final TestScreens seen = new TestScreens();

  private Questions typed(String text) {
    return new Questions(seen.with(Screen.pipe(), text));
  }

  @Test
  void the_return_key_alone_means_the_usual() {
    assertThat(typed("\n").yes("Trust it?", Answer.NO)).isFalse();
    assertThat(typed("\n").yes("Trust it?", Answer.YES)).isTrue();
    assertThat(typed("\n").text("URL:")).isEmpty();
  }

  @Test
  void an_answer_that_is_neither_is_asked_again() {
    assertThat(typed("maybe\nYES\n").yes("Trust it?", Answer.NO)).isTrue();
    assertThat(seen.err()).isEqualTo("Trust it? [y/N] Please answer y or n.\nTrust it? [y/N] ");
  }

  @Test
  void answers_follow_each_other_and_keep_their_letters() {
    var questions = typed("  Grüße \r\nzwei\n");
    assertThat(questions.text("a:")).contains("Grüße");
    assertThat(questions.text("b:")).contains("zwei");
  }

  @Test
  void the_end_of_the_input_is_no_answer() {
    assertThatThrownBy(() -> typed("half").yes("Trust it?", Answer.YES))
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.id()).isEqualTo("terminal.no-answer"));
  }
}
