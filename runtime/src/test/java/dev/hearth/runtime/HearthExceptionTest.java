package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What an exception carries to its report. */
class HearthExceptionTest {
  private enum Failure implements ErrorCode {
    LOST;

    @Override
    public ErrorText text() {
      return ErrorText.of("test", name(), ErrorKind.RECIPE, "`%s` is lost.", "Look for `%1$s`.");
    }
  }

  private static final ErrorReport.Location PLACE =
      new ErrorReport.Location("recipe.js", 3, 7, "const a = b;");

  @Test
  void a_place_survives_details_hints_and_causes() {
    var cause = new IllegalStateException("why");
    var failure =
        new HearthException(Failure.LOST, "key")
            .at(PLACE)
            .with("where", "sofa")
            .hint("Sit down.")
            .causedBy(cause);

    var report = ErrorReport.of(failure);

    assertThat(report.location()).isEqualTo(PLACE);
    assertThat(report.hint()).isEqualTo("Sit down.");
    assertThat(report.details()).containsEntry("where", "sofa");
    assertThat(failure).hasCause(cause);
  }

  @Test
  void failures_found_together_are_reported_together_in_their_order() {
    var together =
        HearthException.all(
            List.of(
                new HearthException(Failure.LOST, "key"),
                new HearthException(Failure.LOST, "purse").at(PLACE)));

    var report = ErrorReport.of(together);

    assertThat(report.message()).isEqualTo("`key` is lost.");
    assertThat(report.also())
        .singleElement()
        .satisfies(
            other -> {
              assertThat(other.message()).isEqualTo("`purse` is lost.");
              assertThat(other.location()).isEqualTo(PLACE);
            });
  }
}
