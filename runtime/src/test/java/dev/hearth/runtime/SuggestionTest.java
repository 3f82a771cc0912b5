package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

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
}
