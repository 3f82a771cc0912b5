package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.TakeUp;
import dev.hearth.runtime.engine.StepEffect;
import dev.hearth.runtime.secret.Redaction;
import dev.hearth.runtime.storage.ProcessMark;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of a journal. The journal's form and its versions are {@link JournalFormat}'s. */
public sealed interface JournalEntry {
  /** When it happened, by the wall clock, which may jump: order is the order of lines. */
  Instant time();

  /**
   * The same entry with the secrets masked in all that came from outside. Hearth's own words are
   * left: the journal of a run whose password is "done" must be readable too.
   */
  JournalEntry masked(Redaction redaction);

  /** The first line. */
  record Started(Instant time, String run, RunStart start, ProcessMark process)
      implements JournalEntry {
    @Override
    public JournalEntry masked(Redaction redaction) {
      return new Started(time, run, start.masked(redaction), process);
    }
  }

  /**
   * The recipe uses a connection for the first time. A run that is resumed must reach the same
   * system, also when the user's default is another one by then.
   *
   * @param origin {@link dev.hearth.runtime.spi.Connection.Origin#label}
   */
  record ConnectionOpened(Instant time, String binding, String name, String origin)
      implements JournalEntry {
    @Override
    public JournalEntry masked(Redaction redaction) {
      return this; // named by the user's own settings
    }
  }

  /**
   * A step began. Without a later line about its end it is open: nobody knows how far it came.
   *
   * @param effect what it may leave behind
   * @param findable whether the recipe can find out what became of it
   */
  record StepStarted(Instant time, String step, StepEffect effect, boolean findable)
      implements JournalEntry {
    @Override
    public JournalEntry masked(Redaction redaction) {
      return new StepStarted(time, redaction.mask(step), effect, findable);
    }
  }

  /**
   * A step succeeded.
   *
   * @param result {@code null} when the step returned {@code undefined}; a step that returned
   *     {@code null} has a JSON null
   * @param masked whether {@code result} differs from what the step returned, because it held a
   *     secret
   * @param sealed the whole result as a {@link SecretSeal} keeps it; {@code null} unless masked
   * @param how by which way its end is known
   */
  record StepFinished(
      Instant time,
      String step,
      Duration duration,
      @Nullable JsonNode result,
      @Nullable JsonNode handles,
      boolean masked,
      @Nullable String sealed,
      Ending how)
      implements JournalEntry {
    @Override
    public JournalEntry masked(Redaction redaction) {
      var shown = result == null ? null : redaction.mask(result);
      var named = handles == null ? null : redaction.mask(handles);
      return new StepFinished(
          time, redaction.mask(step), duration, shown, named, masked, sealed, how);
    }
  }

  /** How it is known that a step has finished. */
  enum Ending {
    /** Its function returned. */
    RETURNED,
    /** Its {@code find} told what an earlier process had left. */
    FOUND,
    /** The user said so, with {@code --skip}. */
    SKIPPED
  }

  /**
   * A step failed.
   *
   * @param unrecorded whether its function succeeded, and only its result could not be recorded
   */
  record StepFailed(
      Instant time, String step, Duration duration, ErrorReport error, boolean unrecorded)
      implements JournalEntry {
    @Override
    public JournalEntry masked(Redaction redaction) {
      return new StepFailed(
          time, redaction.mask(step), duration, redaction.mask(error), unrecorded);
    }
  }

  /** Another process goes on with the run, from here on. */
  record TakenUp(Instant time, TakeUp what, String hearth, ProcessMark process)
      implements JournalEntry {
    @Override
    public JournalEntry masked(Redaction redaction) {
      return this;
    }
  }

  /**
   * The recipe imports a file for the first time.
   *
   * @param file its real path
   * @param sha256 of its content, in hexadecimal digits
   */
  record Imported(Instant time, String file, String sha256) implements JournalEntry {
    @Override
    public JournalEntry masked(Redaction redaction) {
      return new Imported(time, redaction.mask(file), sha256);
    }
  }

  /** A step's undo begins. */
  record StepUndoing(Instant time, String step) implements JournalEntry {
    @Override
    public JournalEntry masked(Redaction redaction) {
      return new StepUndoing(time, redaction.mask(step));
    }
  }

  /**
   * A step's undo ended.
   *
   * @param error {@code null} when it succeeded
   */
  record StepUndone(Instant time, String step, @Nullable ErrorReport error)
      implements JournalEntry {
    @Override
    public JournalEntry masked(Redaction redaction) {
      return new StepUndone(time, redaction.mask(step), JournalEntry.masked(error, redaction));
    }
  }

  /** A line of the log. */
  record Logged(
      Instant time,
      RunEvent.Logged.Level level,
      String source,
      String message,
      Map<String, JsonNode> fields)
      implements JournalEntry {
    @Override
    public JournalEntry masked(Redaction redaction) {
      return new Logged(
          time, level, redaction.mask(source), redaction.mask(message), redaction.mask(fields));
    }
  }

  /**
   * The last line, unless the run was taken up again.
   *
   * @param value what the recipe returned; {@code null} also when it was too big to be recorded
   * @param logLinesDropped how many log lines came after the limit
   * @param undone whether what its steps did was taken back
   */
  record Finished(
      Instant time,
      RunResult.Status status,
      int exitStatus,
      Duration duration,
      @Nullable JsonNode value,
      @Nullable ErrorReport error,
      long logLinesDropped,
      boolean undone)
      implements JournalEntry {
    @Override
    public JournalEntry masked(Redaction redaction) {
      return new Finished(
          time,
          status,
          exitStatus,
          duration,
          value == null ? null : redaction.mask(value),
          JournalEntry.masked(error, redaction),
          logLinesDropped,
          undone);
    }
  }

  /** An entry that this version of Hearth does not know; a newer one wrote it. */
  record Unknown(Instant time, String type, JsonNode json) implements JournalEntry {
    @Override
    public JournalEntry masked(Redaction redaction) {
      return new Unknown(time, type, redaction.mask(json));
    }
  }

  private static @Nullable ErrorReport masked(@Nullable ErrorReport error, Redaction redaction) {
    return error == null ? null : redaction.mask(error);
  }
}
