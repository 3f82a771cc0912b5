package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "0ms, PT0S",
    "500ms, PT0.5S",
    "1.5ms, PT0.0015S",
    "30s, PT30S",
    "0.001s, PT0.001S",
    "1.25m, PT75S",
    "2h, PT2H",
    "1.5h, PT1H30M",
    "1.001d, PT24H1M26.4S",
    "' 5m ', PT5M",
    "999999999999d, PT23999999999976H",
  })
  void a_number_and_its_unit_are_a_duration(String text, Duration duration) {
    assertThat(DurationText.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-1s", "1e3s", "5 s", "1.s", "1.0001s", "1000000000000d"})
  void anything_else_is_refused_with_what_to_write(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "`"
                + text
                + "` is no duration; write a number with its unit, such as 500ms, 30s, 5m or 2h.");
  }

  @Test
  void it_is_written_in_the_shortest_form_that_a_person_reads() {
    assertThat(DurationText.format(Duration.ofMillis(350))).isEqualTo("350ms");
    assertThat(DurationText.format(Duration.ofMillis(4_230))).isEqualTo("4.2s");
    assertThat(DurationText.format(Duration.ofSeconds(200))).isEqualTo("3m20s");
    assertThat(DurationText.format(Duration.ofHours(2))).isEqualTo("2h");
  }
}
