package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
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

  private static HearthException lost(String... things) {
    return HearthException.all(
        Stream.of(things).map(thing -> new HearthException(Failure.LOST, thing)).toList());
  }

  @Test
  void what_was_found_together_with_others_stands_beside_them_and_not_below() {
    var all =
        HearthException.all(
            List.of(
                HearthException.all(List.of(lost("a", "b"), lost("c", "d"))),
                lost("e"),
                HearthException.all(List.of(lost("f", "g"))).at(PLACE)));

    assertThat(all.sentence()).isEqualTo("`a` is lost.");
    assertThat(all.also())
        .extracting(HearthException::sentence)
        .containsExactly(
            "`b` is lost.",
            "`c` is lost.",
            "`d` is lost.",
            "`e` is lost.",
            "`f` is lost.",
            "`g` is lost.");
    assertThat(all.also()).allSatisfy(each -> assertThat(each.also()).isEmpty());
    assertThat(all.also().get(4).location()).contains(PLACE);
  }
}
