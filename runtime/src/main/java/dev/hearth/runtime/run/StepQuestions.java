package dev.hearth.runtime.run;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What only the user can answer before a run is resumed: what became of steps whose end is not
 * recorded. All is asked at once, before anything runs.
 */
final class StepQuestions {
  private final RunRecord record;
  private final Set<String> redo;
  private final Set<String> skip;

  StepQuestions(RunRecord record, Set<String> redo, Set<String> skip) {
    this.record = record;
    this.redo = redo;
    this.skip = skip;
  }

  /**
   * Fails for what is not answered or was answered wrongly.
   *
   * @throws HearthException {@code run.step-open}, {@code run.step-result-masked}, {@code
   *     run.step-result-sealed}, {@code run.step-not-open}, {@code run.step-redone-and-skipped}
   */
  void requireAnswers() {
    redo.forEach(name -> check("--redo", name));
    skip.forEach(name -> check("--skip", name));
    redo.stream()
        .filter(skip::contains)
        .findFirst()
        .ifPresent(
            name -> {
              throw new HearthException(RunError.STEP_REDONE_AND_SKIPPED, name);
            });
    var open = unanswered(step -> step.isOpen() && !step.findable());
    if (!open.isEmpty()) {
      throw open(record.run(), open);
    }
    var masked = unanswered(RecordedStep::lacksItsResult);
    if (!masked.isEmpty()) {
      var closed = masked.stream().filter(step -> step.sealed() != null).toList();
      throw closed.isEmpty()
          ? refusal(RunError.STEP_RESULT_MASKED, record.run(), masked)
          : refusal(RunError.STEP_RESULT_SEALED, record.run(), closed);
    }
  }

  static HearthException open(String run, List<RecordedStep> steps) {
    return refusal(RunError.STEP_OPEN, run, steps);
  }

  private static HearthException refusal(RunError error, String run, List<RecordedStep> steps) {
    var names = steps.stream().map(RecordedStep::name).toList();
    return new HearthException(error, listed(names), run, quoted(names.getFirst()))
        .with("steps", names);
  }

  static String listed(List<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }

  /** As a shell takes it for one word. */
  private static String quoted(String name) {
    return name.matches("[A-Za-z0-9_.-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
  }

  private List<RecordedStep> unanswered(Predicate<RecordedStep> question) {
    return record.steps().stream()
        .filter(question)
        .filter(step -> !redo.contains(step.name()) && !skip.contains(step.name()))
        .toList();
  }

  private void check(String flag, String name) {
    var askable =
        record.steps().stream()
            .filter(step -> step.isOpen() || step.lacksItsResult())
            .map(RecordedStep::name)
            .toList();
    if (!askable.contains(name)) {
      var error = new HearthException(RunError.STEP_NOT_OPEN, flag, name, record.run());
      throw Suggestion.closest(name, askable)
          .map(near -> error.hint("Did you mean `" + flag + " " + quoted(near) + "`?"))
          .orElse(error);
    }
  }
}
