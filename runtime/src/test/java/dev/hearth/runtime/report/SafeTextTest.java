package dev.hearth.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What comes from outside cannot steer the terminal. */
class SafeTextTest {
  @Test
  void an_escape_sequence_is_shown_and_not_obeyed() {
    assertThat(SafeText.line("\u001b[2Jgone\u001b]0;title\u0007"))
        .isEqualTo("\\u001b[2Jgone\\u001b]0;title\\u0007");
  }

  @Test
  void an_eight_bit_control_sequence_is_shown_and_not_obeyed() {
    assertThat(SafeText.line("\u009b31mred")).isEqualTo("\\u009b31mred");
  }

  @Test
  void text_cannot_be_turned_around_or_hidden() {
    assertThat(SafeText.line("allow \u202egnihton\u202c")).isEqualTo("allow \\u202egnihton\\u202c");
    assertThat(SafeText.line("\u2066a\u2069\u200e\u200b\ufeff"))
        .isEqualTo("\\u2066a\\u2069\\u200e\\u200b\\ufeff");
    assertThat(SafeText.line("tag\udb40\udc41")).isEqualTo("tag\\u{e0041}");
  }

  @Test
  void a_single_line_stays_one() {
    assertThat(SafeText.line("a\nhint: b\r\u2028c")).isEqualTo("a\\nhint: b\\r\\u2028c");
  }

  @Test
  void lines_are_kept_where_lines_are_meant_but_the_carriage_cannot_return() {
    assertThat(SafeText.lines("a\r\nb\n\tc\rd")).isEqualTo("a\nb\n    c\\rd");
  }

  @Test
  void half_a_surrogate_pair_is_shown() {
    assertThat(SafeText.line("a\ud83d")).isEqualTo("a\\ud83d");
  }

  @Test
  void the_worlds_scripts_and_emoji_are_left_alone() {
    var text = "Grüße, 東京, שלום, می‌خواهم, 👩‍💻, e\u0301";
    assertThat(SafeText.line(text)).isEqualTo(text);
  }
}
