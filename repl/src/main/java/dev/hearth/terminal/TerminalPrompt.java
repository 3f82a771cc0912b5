package dev.hearth.terminal;

import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.run.RecipePrompt;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Person.Question;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks on the terminal what a recipe wants to know, while its progress keeps silent. */
public final class TerminalPrompt implements RecipePrompt {
  private final Terminal terminal;
  private final RunProgress progress;
  private final Questions questions;
  private final Reading reading;
  private final AtomicReference<@Nullable Object> current = new AtomicReference<>();

  /** Who asked the last question, if its answer shows. */
  private volatile @Nullable String lastAsker;

  /** How answers are read. */
  public interface Reading {
    /** One line; empty when only the return key was pressed. */
    Optional<String> text(String question);

    /** One line that is not shown while it is typed; empty as in {@link #text}. */
    Optional<Secret> secret(String question);

    /** Whether a text gets the line that another, which was given up, still waits for. */
    default boolean handsOver() {
      return false;
    }
  }

  /** Asks as all questions are asked. */
  public TerminalPrompt(Terminal terminal, RunProgress progress) {
    this(terminal, progress, new Questions(terminal));
  }

  /** Asks where something else reads what is typed, such as an editor of lines. */
  public TerminalPrompt(Terminal terminal, RunProgress progress, Reading reading) {
    this.terminal = terminal;
    this.progress = progress;
    this.questions = new Questions(terminal);
    this.reading = reading;
  }

  @Override
  public Optional<String> ask(String asker, Question question) {
    lastAsker = asker;
    return alone(asker, question, reading::text);
  }

  @Override
  public Optional<Secret> askSecret(String asker, Question question) {
    lastAsker = null;
    return alone(asker, question, reading::secret);
  }

  @Override
  public boolean takesOver(String asker) {
    return reading.handsOver() && asker.equals(lastAsker);
  }

  @Override
  public void giveUp() {
    current.set(null);
    questions.say("");
    progress.release();
  }

  private <T> T alone(String asker, Question question, Function<String, T> put) {
    var own = new Object();
    current.set(own);
    progress.hold();
    try {
      var before = before(asker, question);
      if (!before.isEmpty()) {
        questions.say(before);
      }
      var hint = question.hint().isEmpty() ? "" : " [" + SafeText.line(question.hint()) + "]";
      var text = SafeText.line(question.text());
      return put.apply(text + hint + (text.endsWith("?") ? "" : ":"));
    } finally {
      if (current.compareAndSet(own, null)) { // else it was given up, and another may stand there
        progress.release();
      }
    }
  }

  private String before(String asker, Question question) {
    var screen = terminal.errScreen();
    var text = new StringBuilder();
    if (!question.problem().isEmpty()) {
      text.append("  ").append(screen.paint(Role.ERROR, SafeText.line(question.problem())));
      text.append('\n');
    }
    if (!asker.isEmpty()) {
      text.append(screen.paint(Role.WARNING, SafeText.line(asker) + " asks:")).append('\n');
    }
    var number = 1;
    for (var choice : question.choices()) {
      text.append("  ").append(screen.paint(Role.HINT, number++ + ")")).append(' ');
      text.append(SafeText.line(choice)).append('\n');
    }
    return text.toString();
  }
}
