package dev.hearth.runtime.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.ErrorReport;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is too much to cross from JavaScript to Java is refused in words, and never read. */
class DataLimitsTest {
  private static final String NESTED =
      "const nested = (n) => { let a = []; while (n-- > 1) a = [a]; return a; };\n";

  private final EngineFixture engine;

  DataLimitsTest(@TempDir Path folder) {
    engine = new EngineFixture(folder);
  }

  @BeforeEach
  void limit() {
    engine.limits = new OpLimits(4, 4, 2_000);
  }

  private ErrorReport error(String recipe) {
    return requireNonNull(engine.run(recipe).error());
  }

  @Test
  void a_returned_value() {
    var error = error("export default () => 'x'.repeat(3000);");
    assertThat(error.code()).isEqualTo("limit.data-too-large");
    assertThat(error.message()).isEqualTo("What the recipe returned is larger than 2000 bytes.");
    assertThat(error.hint()).contains("`limits.resultBytes`");
  }

  @Test
  void a_step_result_whose_step_is_told_to_have_failed() {
    var error = error("export default ({ step }) => step('list', () => 'x'.repeat(3000));");
    assertThat(error.message()).isEqualTo("The result of step `list` is larger than 2000 bytes.");
    assertThat(engine.steps)
        .containsExactly(
            "began list", "unrecorded list: The result of step `list` is larger than 2000 bytes.");
  }

  @Test
  void an_argument() {
    var error =
        error(
            """
            import { echo } from 'hearth:lab';
            export default () => echo('x'.repeat(3000));
            """);
    assertThat(error.message()).isEqualTo("The argument of `lab.echo` is larger than 2000 bytes.");
    assertThat(requireNonNull(error.location()).line()).isEqualTo(2);
  }

  @Test
  void data_that_is_nested_without_end() {
    engine.limits = OpLimits.DEFAULT;
    assertThat(engine.run(NESTED + "export default () => nested(900);").error()).isNull();
    assertThat(error(NESTED + "export default () => nested(1500);").message())
        .isEqualTo("What the recipe returned is nested more than 1000 levels deep.");
    assertThat(
            error(
                    NESTED
                        + "import { echo } from 'hearth:lab';\n"
                        + "export default () => echo(nested(1500));")
                .code())
        .isEqualTo("limit.data-too-deep");
  }

  @Test
  void more_than_the_parsers_own_limit_when_the_setting_allows_it() {
    engine.limits = OpLimits.DEFAULT;
    var outcome = engine.run("export default () => 'x'.repeat(30e6);");
    assertThat(outcome.error()).isNull();
    assertThat(requireNonNull(outcome.value()).textValue()).hasSize(30_000_000);
  }
}
