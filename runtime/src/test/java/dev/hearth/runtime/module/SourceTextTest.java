package dev.hearth.runtime.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.ErrorReport.Location;
import org.junit.jupiter.api.Test;

/** Where in a file something stands. */
class SourceTextTest {
  @Test
  void lines_end_with_any_of_the_three_line_ends() {
    var source = new SourceText("a.js", "one\ntwo\r\nthree\rfour");

    assertThat(source.at(0)).isEqualTo(new Location("a.js", 1, 1, "one"));
    assertThat(source.at(5)).isEqualTo(new Location("a.js", 2, 2, "two"));
    assertThat(source.at(9)).isEqualTo(new Location("a.js", 3, 1, "three"));
    assertThat(source.at(15)).isEqualTo(new Location("a.js", 4, 1, "four"));
  }

  @Test
  void a_line_end_belongs_to_the_line_it_ends() {
    var source = new SourceText("a.js", "one\r\ntwo");

    assertThat(source.at(3)).isEqualTo(new Location("a.js", 1, 4, "one"));
    assertThat(source.at(4)).isEqualTo(new Location("a.js", 1, 5, "one"));
  }

  @Test
  void the_end_of_the_text_has_a_place() {
    assertThat(new SourceText("a.js", "").at(0)).isEqualTo(new Location("a.js", 1, 1, ""));
    assertThat(new SourceText("a.js", "x\n").at(99)).isEqualTo(new Location("a.js", 2, 1, ""));
  }

  @Test
  void many_short_lines_are_all_found() {
    var source = new SourceText("a.js", "\n".repeat(1_000));

    assertThat(source.at(1_000).line()).isEqualTo(1_001);
  }

  @Test
  void a_generated_line_is_not_shown_whole() {
    var source = new SourceText("a.js", "x".repeat(5_000));

    assertThat(source.at(4_000)).isEqualTo(new Location("a.js", 1, 4_001, null));
  }
}
