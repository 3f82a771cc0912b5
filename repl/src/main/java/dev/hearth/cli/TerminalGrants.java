package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.GrantPrompt;
import dev.hearth.runtime.permission.Need;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.terminal.Questions;
import dev.hearth.terminal.Role;
import dev.hearth.terminal.Terminal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks on the terminal what a recipe may do: for all of it at once, or one by one; for this run, or
 * for as long as the recipe stays as it is. What was not answered with a clear yes is refused.
 */
final class TerminalGrants implements GrantPrompt {
  private final Terminal terminal;
  private final Questions questions;

  TerminalGrants(Terminal terminal) {
    this.terminal = terminal;
    this.questions = new Questions(terminal);
  }

  @Override
  public Answer ask(Question question) {
    try {
      show(question);
      var answer = answer(question);
      tell(question, answer);
      return answer;
    } catch (HearthException e) {
      if (Questions.ended(e)) {
        return Answer.no(); // Ctrl-D is no yes
      }
      throw e;
    }
  }

  private void show(Question question) {
    var screen = terminal.errScreen();
    var text = new StringBuilder();
    if (!question.changes().isEmpty()) {
      text.append(screen.paint(Role.WARNING, "It is not as it was when you allowed it:"));
      text.append('\n');
      for (var change : question.changes()) {
        text.append("  ").append(screen.paint(Role.WARNING, "!")).append(' ');
        text.append(SafeText.line(change)).append('\n');
      }
    }
    text.append(screen.paint(Role.STRONG, SafeText.line(question.recipe())));
    text.append(" asks to be allowed to\n");
    question.needs().forEach(need -> append(text, need.words()));
    for (var library : question.libraries()) {
      var name = screen.paint(Role.STRONG, SafeText.line(library.name()));
      text.append("of that, library ").append(name).append(" is to be allowed to\n");
      library.words().forEach(words -> append(text, words));
    }
    questions.say(text.toString());
  }

  private void append(StringBuilder text, String words) {
    text.append("  ").append(terminal.errScreen().paint(Role.HINT, "-")).append(' ');
    text.append(SafeText.line(words)).append('\n');
  }

  private Answer answer(Question question) {
    var needs = question.needs();
    var isOne = needs.size() == 1;
    var words =
        "Allow "
            + (isOne ? "it" : "all of it")
            + "? [o]nce, [a]lways for this recipe, [N]o"
            + (isOne ? "" : ", [s]ingly");
    while (true) {
      switch (questions.text(words).orElse("n").toLowerCase(Locale.ROOT)) {
        case "o", "once", "y", "yes" -> {
          return new Answer(new LinkedHashSet<>(needs), Lasting.ONCE);
        }
        case "a", "always" -> {
          return new Answer(new LinkedHashSet<>(needs), Lasting.ALWAYS);
        }
        case "n", "no" -> {
          return Answer.no();
        }
        case "s", "singly" -> {
          if (!isOne) {
            return singly(needs);
          }
          questions.say("Please answer with one of the letters.");
        }
        default -> questions.say("Please answer with one of the letters.");
      }
    }
  }

  /** The first no ends it: a recipe runs with all that it asks for or not at all. */
  private Answer singly(List<Need> needs) {
    var granted = new LinkedHashSet<Need>();
    for (var need : needs) {
      var question = "Allow it to " + SafeText.line(need.words()) + "?";
      if (!questions.yes(question, Questions.Answer.NO)) {
        return new Answer(granted, Lasting.ONCE); // the refusal names all flags
      }
      granted.add(need);
    }
    var isForGood = questions.yes("Always for this recipe?", Questions.Answer.NO);
    return new Answer(granted, isForGood ? Lasting.ALWAYS : Lasting.ONCE);
  }

  private void tell(Question question, Answer answer) {
    if (answer.granted().isEmpty()) {
      return;
    }
    var words =
        switch (answer.lasting()) {
          case ONCE -> "Without asking: " + flags(question, answer.granted());
          case ALWAYS ->
              "Remembered until the recipe or a file that it imports changes. To take it back:"
                  + " hearth permissions revoke "
                  + SafeText.line(question.recipe());
        };
    questions.say(terminal.errScreen().paint(Role.FAINT, words));
  }

  /** So that the next run, or a script, need not be asked. */
  private static String flags(Question question, Set<Need> granted) {
    return question.needs().stream()
        .filter(granted::contains)
        .map(need -> SafeText.line(need.permission().flag()))
        .collect(Collectors.joining(" "));
  }
}
