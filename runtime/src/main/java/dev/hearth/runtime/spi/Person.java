package dev.hearth.runtime.spi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.secret.Secret;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The person who follows a run. Safe from any thread; what is shown is made harmless there. */
public interface Person {
  /** Nobody, who sees nothing. */
  Person NOBODY = new Nobody();

  /** Whether somebody is there to be asked; who asks nonetheless fails. */
  boolean canBeAsked();

  /** Asks, one question at a time; empty when only the return key was pressed. */
  Optional<String> ask(Question question) throws InterruptedException;

  /** Asks for what is not shown while it is typed; empty as in {@link #ask}. */
  Optional<Secret> askSecret(Question question) throws InterruptedException;

  /**
   * Shows rows as a table.
   *
   * @param columns empty: those that say something
   */
  void show(List<Column> columns, List<JsonNode> rows);

  /** Says how far something has come. */
  void tell(Progress progress);

  /**
   * What is asked.
   *
   * @param text without a mark at its end
   * @param hint what is likely to be answered, such as {@code y/N}; may be empty
   * @param choices what can be answered, each by its number; may be empty
   * @param problem what was wrong with the answer before; may be empty
   */
  record Question(String text, String hint, List<String> choices, String problem) {
    public Question {
      choices = List.copyOf(choices);
    }
  }

  /** A field of rows, and what stands above its column. */
  record Column(String field, String heading) {}

  /**
   * How far something has come.
   *
   * @param label what it is; it tells one from another
   * @param total how much there is to do, where that is known
   * @param isOver whether nothing follows
   */
  record Progress(String label, long done, OptionalLong total, boolean isOver) {}

  /** See {@link #NOBODY}. */
  final class Nobody implements Person {
    private Nobody() {}

    @Override
    public boolean canBeAsked() {
      return false;
    }

    @Override
    public Optional<String> ask(Question question) {
      throw new IllegalStateException("Nobody is there.");
    }

    @Override
    public Optional<Secret> askSecret(Question question) {
      throw new IllegalStateException("Nobody is there.");
    }

    @Override
    public void show(List<Column> columns, List<JsonNode> rows) {}

    @Override
    public void tell(Progress progress) {}
  }
}
