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
 * Asks on the terminal what a recipe may do: for all of it at once, or one by one. What was not
 * answered with a clear yes is refused.
 */
final class TerminalGrants implements GrantPrompt {
  private final Terminal terminal;
  private final Questions questions;

  TerminalGrants(Terminal terminal) {
    this.terminal = terminal;
    this.questions = new Questions(terminal);
  }

  @Override
  public Set<Need> ask(String recipe, List<Need> needs) {
    try {
      return answers(recipe, needs);
    } catch (HearthException e) {
      if (Questions.ended(e)) {
        return Set.of(); // Ctrl-D is no yes
      }
      throw e;
    }
  }

  private Set<Need> answers(String recipe, List<Need> needs) {
    var screen = terminal.errScreen();
    var text = new StringBuilder();
    text.append(screen.paint(Role.STRONG, SafeText.line(recipe)))
        .append(" asks to be allowed to\n");
    for (var need : needs) {
      text.append("  ").append(screen.paint(Role.HINT, "-")).append(' ');
      text.append(SafeText.line(need.words())).append('\n');
    }
    questions.say(text.toString());
    var all = needs.size() == 1 ? Set.of("y", "yes") : Set.of("a", "all", "y", "yes");
    var question = needs.size() == 1 ? "Allow it? [y/N]" : "Allow all of it? [y]es, [N]o, [s]ingly";
    while (true) {
      var answer = questions.text(question).orElse("n").toLowerCase(Locale.ROOT);
      if (all.contains(answer)) {
        tellFlags(needs);
        return new LinkedHashSet<>(needs);
      }
      if (answer.equals("n") || answer.equals("no")) {
        return Set.of();
      }
      if (needs.size() > 1 && (answer.equals("s") || answer.equals("singly"))) {
        return singly(needs);
      }
      questions.say("Please answer with one of the letters.");
    }
  }

  /** The first no ends it: a recipe runs with all that it asks for or not at all. */
  private Set<Need> singly(List<Need> needs) {
    var granted = new LinkedHashSet<Need>();
    for (var need : needs) {
      var question = "Allow it to " + SafeText.line(need.words()) + "?";
      if (!questions.yes(question, Questions.Answer.NO)) {
        return granted; // the refusal names all flags
      }
      granted.add(need);
    }
    tellFlags(List.copyOf(granted));
    return granted;
  }

  /** So that the next run, or a script, need not be asked. */
  private void tellFlags(List<Need> granted) {
    if (granted.isEmpty()) {
      return;
    }
    var flags =
        granted.stream()
            .map(need -> SafeText.line(need.permission().flag()))
            .collect(Collectors.joining(" "));
    questions.say(terminal.errScreen().paint(Role.FAINT, "Without asking: " + flags));
  }
}
