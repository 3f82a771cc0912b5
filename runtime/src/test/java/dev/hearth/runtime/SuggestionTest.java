package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
  private static final List<String> NAMES = List.of("proxmox", "docker", "log", "time");

  @Test
  void a_letter_missing_doubled_wrong_or_swapped_is_understood() {
    assertThat(Suggestion.closest("proxmx", NAMES)).contains("proxmox");
    assertThat(Suggestion.closest("dockker", NAMES)).contains("docker");
    assertThat(Suggestion.closest("tine", NAMES)).contains("time");
    assertThat(Suggestion.closest("lgo", NAMES)).contains("log");
    assertThat(Suggestion.closest("Docker", NAMES)).contains("docker");
  }

  @Test
  void something_else_altogether_is_not() {
    assertThat(Suggestion.closest("kubernetes", NAMES)).isEmpty();
    assertThat(Suggestion.closest("", NAMES)).isEmpty();
  }

  @Test
  void of_two_equally_close_the_first_in_the_alphabet_is_named() {
    assertThat(Suggestion.closest("bat", List.of("cat", "bar"))).contains("bar");
  }

  @Test
  void a_word_that_is_much_too_long_is_not_even_compared() {
    var words = Collections.nCopies(1_000, "word");

    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> assertThat(Suggestion.closest("w".repeat(1_000_000), words)).isEmpty());
  }
}
