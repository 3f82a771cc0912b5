package dev.hearth.cli;

import dev.hearth.runtime.param.Parameter;
import dev.hearth.runtime.param.ParameterPrompt;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.terminal.Questions;
import dev.hearth.terminal.Role;
import dev.hearth.terminal.Terminal;
import java.util.Optional;

/** Asks on the terminal for a recipe's parameters that nobody gave. */
final class TerminalParameters implements ParameterPrompt {
  private final Terminal terminal;
  private final Questions questions;

  TerminalParameters(Terminal terminal) {
    this.terminal = terminal;
    this.questions = new Questions(terminal);
  }

  @Override
  public Optional<String> ask(Question question) {
    var screen = terminal.errScreen();
    question
        .problem()
        .ifPresent(
            problem -> questions.say("  " + screen.paint(Role.ERROR, SafeText.line(problem))));
    if (!question.choices().isEmpty()) {
      var choices = SafeText.line(String.join(", ", question.choices()));
      questions.say("  " + screen.paint(Role.FAINT, "one of: " + choices));
    }
    var asked = text(question.parameter()) + ":";
    return question.secret() ? questions.secret(asked).map(Secret::reveal) : questions.text(asked);
  }

  private static String text(Parameter parameter) {
    var unit = parameter.unit().map(u -> " in " + u).orElse("");
    var summary = parameter.summary().isEmpty() ? "" : " (" + parameter.summary() + unit + ")";
    return SafeText.line(parameter.name() + (summary.isEmpty() ? unit : summary));
  }
}
