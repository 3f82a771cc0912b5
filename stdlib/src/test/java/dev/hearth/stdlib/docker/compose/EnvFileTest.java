package dev.hearth.stdlib.docker.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Files of variables. */
class EnvFileTest {
  private final Variables outer = new Variables(Map.of("OUT", "out"), name -> Optional.empty());

  @Test
  void are_read_as_compose_reads_them() {
    var text =
        """
        # a comment
        A=1
        export B = two words # and a comment
        C='raw $A # "x"'
        D="a\\n$A \\"q\\" \\$A"
        E=x#y
        F=
        OUT
        NONE
        G=${A}-${OUT}-${NONE:-d}
        H="two
        lines"
        I: yaml
        """;
    assertThat(EnvFile.read(".env", text, outer))
        .containsExactly(
            Map.entry("A", "1"),
            Map.entry("B", "two words"),
            Map.entry("C", "raw $A # \"x\""),
            Map.entry("D", "a\n1 \"q\" $A"),
            Map.entry("E", "x#y"),
            Map.entry("F", ""),
            Map.entry("OUT", "out"),
            Map.entry("G", "1-out-d"),
            Map.entry("H", "two\nlines"),
            Map.entry("I", "yaml"));
  }

  @Test
  void the_raw_form_takes_lines_as_they_are() {
    assertThat(EnvFile.raw(".env", "A='$B' # c\n#no\nOUT\nNONE\n\nB=x=y\r\n", outer))
        .containsExactly(
            Map.entry("A", "'$B' # c"), Map.entry("OUT", "out"), Map.entry("B", "x=y"));
  }

  @Test
  void what_is_no_variable_is_told_with_its_place() {
    assertThatThrownBy(() -> EnvFile.read(".env", "A=1\n  =2\n", outer))
        .hasMessage(".env:2:3 cannot be read as variables: this is no variable.");
    assertThatThrownBy(() -> EnvFile.read(".env", "A='1", outer))
        .hasMessage(".env:1:3 cannot be read as variables: the quote is not closed.");
    assertThatThrownBy(() -> EnvFile.read(".env", "A='1' 2", outer))
        .hasMessage(".env:1:6 cannot be read as variables: something follows the value.");
  }
}
