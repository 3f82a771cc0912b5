package dev.hearth.runtime.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.secret.Secret;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the JavaScript of one realm may reach outside of it. All calls come on the loop thread. */
public interface RealmHost {
  /**
   * JavaScript cannot be ended: the engine is within one step that takes no interrupt. Its thread
   * goes on until that is over, and comes to nothing then. Any thread.
   *
   * @param reason of the stop that it does not hear
   */
  default void stuck(HearthException reason) {}

  /**
   * Hearth itself failed. Any thread.
   *
   * @return where that can be read whole; empty: nowhere
   */
  default Optional<String> failed(String where, Throwable bug) {
    return Optional.empty();
  }

  /** What {@code console} printed: one or more lines, without the last line's end. */
  void printed(boolean error, String text);

  /**
   * A line of the recipe's log.
   *
   * @param level {@code debug}, {@code info}, {@code warn} or {@code error}
   * @param fieldsJson a JSON object
   */
  void logged(String level, String message, String fieldsJson);

  /**
   * What a facade gets from `open`; must not touch the world and fails only at operations.
   *
   * @param principal who asks, as in {@link Principals}
   */
  OpTarget open(int principal, String binding, @Nullable String connectionJson);

  /**
   * A principal listens to what happens from now on.
   *
   * @param ears takes events, as JSON, from any thread; nobody waits until they are heard
   */
  void listens(int principal, Consumer<String> ears);

  /** The pure operations of a binding. */
  Object pure(String binding);

  /** JavaScript is about to get a secret: from now on it is masked in all that is told. */
  void secretKnown(Secret secret);

  /** Whether all that was recorded so far would survive a power cut. */
  default boolean isRecordDurable() {
    return true;
  }

  /**
   * Waits until all that was recorded so far would survive a power cut; an operation is about to
   * reach the world, or the loop has nothing to do.
   *
   * @throws HearthException when it cannot be made so; then nothing may reach the world any more
   */
  default void makeRecordDurable() {}

  /**
   * The recipe comes to a step. Fails with a HearthException when its name is not usable.
   *
   * @param findable whether the recipe can find out what became of it
   */
  StepEntry stepBegan(String name, StepEffect effect, boolean findable);

  /** What {@code find} sought is not there: the step's function is called next. */
  void stepNotFound(String name);

  /** The step's {@code find} failed. */
  void stepFindFailed(String name, ErrorReport error);

  /**
   * A step succeeded. Fails with a HearthException when its result cannot be recorded.
   *
   * @param result {@code null} for {@code undefined}
   * @param handles which handles stand where in the result; {@code null} for none
   */
  void stepFinished(String name, @Nullable JsonNode result, @Nullable JsonNode handles);

  void stepFailed(String name, ErrorReport error);

  /**
   * A step did its work, but its result cannot be recorded; it is undone like one that succeeded.
   */
  void stepUnrecorded(String name, ErrorReport error);
}
