package dev.hearth.terminal;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.secret.Secret;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a person on the terminal. Whoever uses this has made sure that there is one: see {@link
 * Terminal#interactive}. What is shown must be {@link SafeText safe} already.
 */
public final class Questions implements TerminalPrompt.Reading {
  private final Terminal terminal;
  private @Nullable CompletableFuture<String> awaited; // guarded by this: the line being read

  public Questions(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Says something before a question. */
  public void say(String lines) {
    terminal.err().print(lines.endsWith("\n") ? lines : lines + "\n");
    terminal.err().flush();
  }

  /** Nothing interrupts who reads: the line that a question left open waits for is this one's. */
  @Override
  public Optional<String> text(String question) {
    var own = new CompletableFuture<String>();
    var line = awaitedOr(own); // before it is asked: an answer that comes at once is to this one
    prompt(question);
    if (line == own) {
      read(own);
    }
    return Optional.of(joined(line)).filter(answer -> !answer.isEmpty());
  }

  @Override
  public boolean handsOver() {
    return true;
  }

  private static String joined(CompletableFuture<String> line) {
    try {
      return line.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof HearthException deliberate) {
        throw deliberate;
      }
      throw e;
    }
  }

  private synchronized CompletableFuture<String> awaitedOr(CompletableFuture<String> own) {
    if (awaited == null) {
      awaited = own;
    }
    return awaited;
  }

  private void read(CompletableFuture<String> line) {
    try {
      var read = answer();
      over();
      line.complete(read);
    } catch (Throwable e) { // whoever waits gets it, whatever it is
      over();
      line.completeExceptionally(e);
    }
  }

  private synchronized void over() {
    awaited = null;
  }

  /** Whether a question failed because the input ended, such as by Ctrl-D. */
  public static boolean ended(HearthException e) {
    return e.code() == TerminalError.NO_ANSWER;
  }

  @Override
  public Optional<Secret> secret(String question) {
    var typed = hiding().readHidden(painted(question));
    if (typed == null) {
      throw new HearthException(TerminalError.NO_ANSWER);
    }
    return Optional.of(new String(typed).strip()).filter(s -> !s.isEmpty()).map(Secret::of);
  }

  private HidingInput hiding() {
    if (terminal.in() instanceof HidingInput hiding) {
      return hiding;
    }
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .<HidingInput>map(console -> prompt -> console.readPassword("%s", prompt))
        .orElseThrow(() -> new HearthException(TerminalError.CANNOT_HIDE));
  }

  /**
   * The next line of the input as a secret that nobody is asked for, such as from a pipe; empty
   * when there is none, or only blanks.
   */
  public Optional<Secret> line() {
    var line = new ByteArrayOutputStream();
    var _ = readLine(line); // the last line may lack its end, as `printf` leaves it
    return Optional.of(text(line)).filter(text -> !text.isEmpty()).map(Secret::of);
  }

  /** Yes or no; the return key alone means {@code usual}. Other answers are asked again. */
  public boolean yes(String question, Answer usual) {
    while (true) {
      var answer = text(question + (usual == Answer.YES ? " [Y/n]" : " [y/N]"));
      if (answer.isEmpty()) {
        return usual == Answer.YES;
      }
      switch (answer.get().toLowerCase(Locale.ROOT)) {
        case "y", "yes" -> {
          return true;
        }
        case "n", "no" -> {
          return false;
        }
        default -> say("Please answer y or n.");
      }
    }
  }

  /** What the return key alone means. */
  public enum Answer {
    YES,
    NO
  }

  private void prompt(String question) {
    terminal.err().print(painted(question));
    terminal.err().flush();
  }

  private String painted(String question) {
    return terminal.errScreen().paint(Role.STRONG, question) + " ";
  }

  private String answer() {
    var line = new ByteArrayOutputStream();
    if (!readLine(line)) {
      say("");
      throw new HearthException(TerminalError.NO_ANSWER);
    }
    return text(line);
  }

  private static String text(ByteArrayOutputStream line) {
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  /**
   * Byte by byte, so that nothing is read ahead of whoever reads the input next.
   *
   * @return whether the line had an end
   */
  private boolean readLine(ByteArrayOutputStream line) {
    try {
      while (true) {
        var next = terminal.in().read();
        if (next == '\n' || next < 0) {
          return next >= 0;
        }
        line.write(next);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
