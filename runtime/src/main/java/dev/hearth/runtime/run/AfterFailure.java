package dev.hearth.runtime.run;

import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest.OnError;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.engine.StopRequest;
import dev.hearth.runtime.run.FailurePrompt.Answer;
import dev.hearth.runtime.run.FailurePrompt.Question;
import dev.hearth.runtime.spi.OpContext.Log.Level;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** What becomes of a run whose recipe failed: what was chosen for it, or what the user answers. */
final class AfterFailure {
  /** A failure of another kind is the same the next time, or was wanted. */
  private static final Set<ErrorKind> PASSING =
      EnumSet.of(ErrorKind.RECIPE, ErrorKind.SYSTEM, ErrorKind.TIMEOUT);

  private final OnError choice;
  private final Optional<FailurePrompt> prompt;
  private final String run;
  private final Supplier<RunTakeUp> takeUp;
  private final RunVoice voice;
  private final Clock clock;

  /**
   * For one run.
   *
   * @param prompt asks the user; empty where nobody can be asked
   * @param takeUp looks at what the run has done; fails when it cannot go on without the user
   */
  AfterFailure(
      OnError choice,
      Optional<FailurePrompt> prompt,
      String run,
      Supplier<RunTakeUp> takeUp,
      RunVoice voice,
      Clock clock) {
    this.choice = choice;
    this.prompt = prompt;
    this.run = run;
    this.takeUp = takeUp;
    this.voice = voice;
    this.clock = clock;
  }

  /**
   * What becomes of the run.
   *
   * @param again how it goes on; for {@link Answer#RETRY} only
   */
  record Decision(Answer answer, Optional<RunTakeUp> again) {
    private static Decision of(Answer answer) {
      return new Decision(answer, Optional.empty());
    }
  }

  /**
   * Decides; may wait for the user.
   *
   * @param request a stop that comes meanwhile is an answer too
   */
  Decision decide(Steps steps, ErrorReport error, StopRequest request) throws InterruptedException {
    return switch (choice) {
      case STOP -> Decision.of(Answer.STOP);
      case UNDO -> Decision.of(Answer.UNDO);
      case ASK ->
          error.kind() == ErrorKind.INTERRUPTED
              ? Decision.of(Answer.STOP)
              : ask(steps, error, request);
    };
  }

  private Decision ask(Steps steps, ErrorReport error, StopRequest request)
      throws InterruptedException {
    if (prompt.isEmpty()) {
      warn("Nobody can be asked what becomes of this run, so it stops.");
      return Decision.of(Answer.STOP);
    }
    var again = PASSING.contains(error.kind()) ? again() : Optional.<RunTakeUp>empty();
    var undoable = steps.hasReachedAllToUndo() ? steps.toUndo() : List.<String>of();
    var answers = EnumSet.of(Answer.STOP);
    if (!undoable.isEmpty()) {
      answers.add(Answer.UNDO);
    }
    if (again.isPresent()) {
      answers.add(Answer.RETRY);
    }
    if (answers.size() == 1) {
      return Decision.of(Answer.STOP);
    }
    voice.accept(new RunEvent.Asking(clock.now(), error));
    var question = new Question(run, error, undoable, steps.failed(), answers);
    var answer = answer(prompt.get(), question, request);
    return new Decision(answers.contains(answer) ? answer : Answer.STOP, again);
  }

  /** How the run can go on without further questions; empty when it cannot. */
  private Optional<RunTakeUp> again() {
    try {
      return Optional.of(takeUp.get());
    } catch (HearthException e) {
      return Optional.empty(); // `hearth resume` says why, and what to answer
    }
  }

  /** Asks on a thread of its own, as nothing interrupts who waits for a key to be pressed. */
  private Answer answer(FailurePrompt prompt, Question question, StopRequest request)
      throws InterruptedException {
    var answer = new CompletableFuture<Answer>();
    request.tell(_ -> answer.complete(Answer.STOP));
    if (!answer.isDone()) {
      Thread.ofPlatform()
          .daemon()
          .name("hearth-question")
          .start(() -> ask(prompt, question, answer));
    }
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HearthException deliberate) {
        warn("Nobody can be asked what becomes of this run: " + deliberate.sentence());
        return Answer.STOP;
      }
      throw new IllegalStateException("The question broke.", e.getCause());
    }
  }

  private static void ask(
      FailurePrompt prompt, Question question, CompletableFuture<Answer> answer) {
    try {
      answer.complete(prompt.ask(question));
    } catch (Throwable e) { // whoever waits gets it, whatever it is
      answer.completeExceptionally(e);
    }
  }

  private void warn(String message) {
    voice.log().write(Level.WARN, message, Map.of());
  }
}
