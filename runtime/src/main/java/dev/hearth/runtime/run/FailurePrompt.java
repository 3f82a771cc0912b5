package dev.hearth.runtime.run;

import dev.hearth.runtime.ErrorReport;
import java.util.List;
import java.util.Set;

/** Asks the user what becomes of a run that failed; the terminal implements it. */
public interface FailurePrompt {
  /** Shows the question and waits for the answer; the failure has been told already. */
  Answer ask(Question question) throws InterruptedException;

  /**
   * What can be done after a failure.
   *
   * @param run the run's id
   * @param error why it failed
   * @param undoable the steps that can be undone, in the order in which they would be; may be empty
   * @param failed the steps that failed; they are what a retry does again
   * @param answers what can be answered; always {@link Answer#STOP}, and something else
   */
  record Question(
      String run,
      ErrorReport error,
      List<String> undoable,
      List<String> failed,
      Set<Answer> answers) {
    public Question {
      undoable = List.copyOf(undoable);
      failed = List.copyOf(failed);
      answers = Set.copyOf(answers);
    }
  }

  /** What the user wants. */
  enum Answer {
    /** What was done stays, and the run can be resumed later. */
    STOP,
    /** What was done is taken back. */
    UNDO,
    /** The run goes on as by {@code hearth resume}: what failed is done again. */
    RETRY
  }
}
