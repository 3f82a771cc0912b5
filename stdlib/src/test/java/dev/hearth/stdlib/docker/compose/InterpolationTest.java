package dev.hearth.stdlib.docker.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.HearthException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables in the values of a model. */
class InterpolationTest {
  private final Variables variables =
      new Variables(Map.of("A", "a", "EMPTY", "", "B", "b"), name -> Optional.empty());

  private String of(String text) {
    return Interpolation.apply(text, variables, Origin.plain("compose.yaml", text).start());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x$A-y          | xa-y",
        "${A}${B}       | ab",
        "$$A $${B}      | $A ${B}",
        "${EMPTY:-d}    | d",
        "${EMPTY-d}     | ''",
        "${NONE-d}      | d",
        "${NONE:-}      | ''",
        "${NONE:-${A}x} | ax",
        "${NONE:-{}     | {",
        "${A:+set}      | set",
        "${EMPTY:+set}  | ''",
        "${EMPTY+set}   | set",
        "${NONE+set}    | ''",
        "${A:?why}      | a",
        "${A:-${B:?no}} | a",
        "${A:+${NONE:-x}}| x",
        "$NONE          | ''",
      })
  void are_put_in_as_the_specification_says(String text, String meant) {
    assertThat(of(text)).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"$", "x$ y", "${", "${A", "${}", "${1A}", "${A!b}", "${A:", "$-", "${A:-${B}"})
  void a_dollar_sign_that_names_nothing_is_told(String text) {
    assertThatThrownBy(() -> of(text))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining("names no variable.");
  }

  @Test
  void one_that_has_to_be_set_says_why() {
    assertThatThrownBy(() -> of("${NONE:?set it to $A}"))
        .hasMessage("compose.yaml:1:1 needs the variable `NONE`: set it to a.");
    assertThatThrownBy(() -> of("${EMPTY:?}"))
        .hasMessage("compose.yaml:1:1 needs the variable `EMPTY`: it is not set.");
    assertThat(of("${EMPTY?}")).isEmpty();
  }

  @Test
  void endless_nesting_is_refused() {
    assertThatThrownBy(() -> of("${X:-".repeat(1000))).isInstanceOf(HearthException.class);
  }

  @Test
  void those_that_are_unset_are_known() {
    of("$NONE ${OTHER:-x}");
    assertThat(variables.unset()).containsExactly("NONE");
  }
}
