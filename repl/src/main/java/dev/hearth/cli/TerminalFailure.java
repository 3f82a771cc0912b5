package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.run.FailurePrompt;
import dev.hearth.terminal.Questions;
import dev.hearth.terminal.Role;
import dev.hearth.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Asks on the terminal what becomes of a run that failed. What is no clear answer stops it. */
final class TerminalFailure implements FailurePrompt {
  private final Terminal terminal;
  private final Questions questions;

  TerminalFailure(Terminal terminal) {
    this.terminal = terminal;
    this.questions = new Questions(terminal);
  }

  @Override
  public Answer ask(Question question) {
    try {
      return answer(question);
    } catch (HearthException e) {
      if (Questions.ended(e)) {
        return Answer.STOP; // Ctrl-D
      }
      throw e;
    }
  }

  private Answer answer(Question question) {
    var screen = terminal.errScreen();
    var words = words(question);
    while (true) {
      switch (questions.text(words).orElse("s").toLowerCase(Locale.ROOT)) {
        case "s", "stop" -> {
          return Answer.STOP;
        }
        case "u", "undo" -> {
          if (question.answers().contains(Answer.UNDO)) {
            return Answer.UNDO;
          }
        }
        case "r", "retry" -> {
          if (question.answers().contains(Answer.RETRY)) {
            return Answer.RETRY;
          }
        }
        default -> {} // asked again
      }
      questions.say(screen.paint(Role.HINT, "Please answer with one of the letters."));
    }
  }

  private static String words(Question question) {
    var words = new ArrayList<String>();
    words.add("[S]top, to resume it later");
    if (question.answers().contains(Answer.UNDO)) {
      words.add("[u]ndo " + listed(question.undoable()));
    }
    if (question.answers().contains(Answer.RETRY)) {
      words.add("[r]etry" + (question.failed().isEmpty() ? "" : " " + listed(question.failed())));
    }
    return String.join(", ", words) + "?";
  }

  /** All that fit into a line, else how many there are. */
  private static String listed(List<String> steps) {
    var all =
        steps.stream()
            .map(step -> "`" + SafeText.line(step) + "`")
            .collect(Collectors.joining(" "));
    return steps.size() <= 3 && all.length() <= 60 ? all : steps.size() + " steps";
  }
}
