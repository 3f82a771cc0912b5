package dev.hearth.stdlib.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *        | a           | true
          *        | a/b         | false
          **       | a/b/c       | true
          **/c     | c           | true
          **/c     | a/b/c       | true
          a/**     | a           | false
          a/**/b   | a/b         | true
          a/**/b   | a/x/y/b     | true
          a?c      | abc         | true
          a?c      | a😀c        | true
          [!a]*    | bcd         | true
          [^a]*    | abc         | false
          []a]     | ]           | true
          [a-c-]   | -           | true
          a\\*     | a*          | true
          a\\*     | ab          | false
          {a,b}/c  | b/c         | true
          {a,b{c,d}} | bd        | true
          *        | .git        | false
          .*       | .git        | true
          **/x     | .git/x      | false
          """)
  void fits_as_minimatch_says(String pattern, String path, boolean fits) {
    var names = List.of(path.split("/"));

    assertThat(GlobPattern.parse(pattern.replace("\\\\", "\\")).matches(names, false))
        .isEqualTo(fits);
  }

  @Test
  void no_pattern_takes_long() {
    var nasty = GlobPattern.parse("**/" + "*a".repeat(100) + "b/**/**/**/x");
    var names = java.util.Collections.nCopies(100, "a".repeat(255));

    Assertions.assertTimeout(Duration.ofSeconds(5), () -> nasty.matches(names, false));
  }
}
