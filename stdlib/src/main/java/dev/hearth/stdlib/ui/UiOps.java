package dev.hearth.stdlib.ui;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.Person;
import dev.hearth.runtime.spi.Person.Column;
import dev.hearth.runtime.spi.Person.Progress;
import dev.hearth.runtime.spi.Person.Question;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a recipe shows and asks; how it is checked and asked again is the facade's. */
final class UiOps {
  private final Person person;

  UiOps(Person person) {
    this.person = person;
  }

  @Op
  boolean canBeAsked() {
    return person.canBeAsked();
  }

  record Asked(
      String question,
      @Nullable String hint,
      @Nullable List<String> choices,
      @Nullable String problem) {
    Question put() {
      return new Question(
          question,
          Objects.requireNonNullElse(hint, ""),
          Objects.requireNonNullElse(choices, List.of()),
          Objects.requireNonNullElse(problem, ""));
    }
  }

  /** The answer; null when only the return key was pressed. */
  @Op
  @Nullable String ask(Asked asked) throws InterruptedException {
    return somebody(asked).ask(asked.put()).orElse(null);
  }

  @Op
  @Nullable Secret askSecret(Asked asked) throws InterruptedException {
    return somebody(asked).askSecret(asked.put()).orElse(null);
  }

  private Person somebody(Asked asked) {
    if (!person.canBeAsked()) {
      throw new HearthException(UiError.NOBODY, VisibleText.of(asked.question()));
    }
    return person;
  }

  record Shown(List<Column> columns, List<JsonNode> rows) {}

  @Op
  void table(Shown shown) {
    for (var row : shown.rows()) {
      if (row == null || !row.isObject()) {
        throw new HearthException(UiError.NO_ROWS);
      }
    }
    person.show(shown.columns(), shown.rows());
  }

  record Told(String label, long done, @Nullable Long total, boolean isOver) {}

  @Op
  void progress(Told told) {
    var total = told.total() == null ? OptionalLong.empty() : OptionalLong.of(told.total());
    person.tell(new Progress(told.label(), told.done(), total, told.isOver()));
  }
}
