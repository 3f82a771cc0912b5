package dev.hearth.stdlib.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressPatternTest {
  @ParameterizedTest
  @CsvSource({"3.22.9, 3.22.10", "20251220, 20260102", "4.9-2, 4.10-1", "9, 9.1"})
  void the_greatest_number_is_the_newest_wherever_it_stands(String older, String newer) {
    var pattern = new AddressPattern("x-{build}.iso");
    for (var list : new String[] {older + " " + newer, newer + " " + older}) {
      var text = list.replaceAll("(\\S+)", "<a href=\"x-$1.iso\">");
      assertThat(pattern.newestIn(text)).contains(Map.of("build", newer));
    }
  }

  @Test
  void a_name_is_found_whole_or_not_at_all() {
    var pattern = new AddressPattern("x-{build}.iso");
    assertThat(pattern.newestIn("x-1.iso.asc max-2.iso x-3.isolinux")).isEmpty();
    assertThat(pattern.newestIn("x-../../evil.iso x-/1.iso")).isEmpty();
  }

  @Test
  void one_word_is_the_same_everywhere() {
    var pattern = new AddressPattern("{build}/x-{build}.iso");
    assertThat(pattern.newestIn("2/x-1.iso 1/x-1.iso")).contains(Map.of("build", "1"));
  }

  @Test
  void folders_that_are_no_builds_are_passed_over() {
    assertThat(new AddressPattern("{build}/").newestIn("desktop/ 261025/ latest/"))
        .contains(Map.of("build", "261025"));
  }

  @Test
  void a_hostile_list_does_not_take_long() {
    var hostile = "x-" + "1-".repeat(1 << 20);
    var pattern = new AddressPattern("x-{update}-{build}.iso");
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(pattern.newestIn(hostile)).isEmpty());
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(pattern.read(hostile)).isEmpty());
  }
}
