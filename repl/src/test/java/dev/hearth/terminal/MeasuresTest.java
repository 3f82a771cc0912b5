package dev.hearth.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Amounts as people write them. */
class MeasuresTest {
  @Test
  void bytes_have_the_largest_unit_that_leaves_a_number_above_one() {
    assertThat(Measures.bytes(0)).isEqualTo("0 B");
    assertThat(Measures.bytes(1023)).isEqualTo("1023 B");
    assertThat(Measures.bytes(1024)).isEqualTo("1 KiB");
    assertThat(Measures.bytes(1_610_612_736)).isEqualTo("1.5 GiB");
    assertThat(Measures.bytes(1_048_575)).isEqualTo("1 MiB");
    assertThat(Measures.bytes(Long.MAX_VALUE)).isEqualTo("8192 PiB");
  }

  @Test
  void times_are_utc_and_say_so() {
    assertThat(Measures.time(Instant.parse("2026-11-23T04:10:12.345Z")))
        .isEqualTo("2026-11-23 04:10:12Z");
  }
}
