package dev.hearth.repl;

import dev.hearth.terminal.Ink;
import dev.hearth.terminal.Role;
import dev.hearth.terminal.Screen;
import java.io.IOException;
import java.nio.file.Path;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;

/**
 * Inputs that a person types, with editing, history, completion and colours. Return ends an input
 * when it is whole JavaScript, and begins another line of it otherwise.
 */
final class InteractiveInput implements Input {
  private static final int HISTORY_LENGTH = 5000;

  private final Terminal terminal;
  private final LineReader reader;
  private final String prompt;

  /**
   * A reader.
   *
   * @param history the file with what was typed before, which exists and is the user's alone
   */
  InteractiveInput(Terminal terminal, Screen screen, Evaluator session, Path history) {
    this.terminal = terminal;
    if (terminal.getSize().getColumns() <= 0) {
      terminal.setSize(
          Size.of(80, 24)); // a serial line tells no size, and JLine shows nothing then
    }
    this.prompt = screen.paint(Role.HINT, "hearth>") + " ";
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("hearth")
            .parser(new WholeInputs(session))
            .completer(new Names(session))
            .highlighter(new InputColours())
            .variable(LineReader.HISTORY_FILE, history)
            .variable(LineReader.HISTORY_SIZE, HISTORY_LENGTH)
            .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LENGTH)
            .variable(
                LineReader.SECONDARY_PROMPT_PATTERN, screen.paint(Role.FAINT, "   ...>") + " ")
            .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
            .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
            .option(LineReader.Option.HISTORY_IGNORE_DUPS, true)
            // `!` is JavaScript here and not a way to recall what was typed.
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.DISABLE_HIGHLIGHTER, screen.ink() == Ink.PLAIN)
            .build();
    terminal.handle(Terminal.Signal.INT, signal -> interrupt(session));
  }

  /** What this stream is given while somebody types is shown above it. */
  void show(AbovePrompt stream) {
    stream.readBy(reader);
  }

  /** The terminal has shown {@code ^C}; what is said about it begins on a line of its own. */
  private void interrupt(Evaluator session) {
    terminal.writer().println();
    terminal.flush();
    session.interrupt();
  }

  @Override
  public Read next() {
    try {
      return new Read.Typed(reader.readLine(prompt));
    } catch (UserInterruptException e) {
      return new Read.Cancelled();
    } catch (EndOfFileException e) {
      return new Read.End();
    }
  }

  @Override
  public void close() throws IOException {
    reader.getHistory().save();
    terminal.close();
  }

  /** Tells JLine when an input is whole, and which word the cursor stands at. */
  private record WholeInputs(Evaluator session) implements Parser {
    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
      var accepts = context == ParseContext.ACCEPT_LINE || context == ParseContext.SECONDARY_PROMPT;
      if (accepts && !DotCommand.is(line) && session.isIncomplete(line)) {
        throw new EOFError(-1, -1, "more is to come");
      }
      return WordAtCursor.of(line, cursor);
    }
  }
}
