package dev.hearth.repl;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.terminal.TerminalError;
import dev.hearth.terminal.TerminalPrompt;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers by the editor of the REPL, which has the keyboard; nothing of it is remembered as
 * code. Ctrl-C and Ctrl-D give no answer.
 */
final class ConsoleReading implements TerminalPrompt.Reading {
  private final LineReader reader;

  ConsoleReading(Terminal console) {
    reader =
        LineReaderBuilder.builder()
            .terminal(console)
            .appName("hearth")
            .variable(LineReader.DISABLE_HISTORY, true)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
  }

  @Override
  public Optional<String> text(String question) {
    return Optional.of(read(question, null)).filter(answer -> !answer.isEmpty());
  }

  @Override
  public Optional<Secret> secret(String question) {
    return Optional.of(read(question, '\0')).filter(answer -> !answer.isEmpty()).map(Secret::of);
  }

  private String read(String question, @Nullable Character mask) {
    try {
      return reader.readLine(question + " ", mask).strip();
    } catch (UserInterruptException | EndOfFileException e) {
      throw new HearthException(TerminalError.NO_ANSWER).causedBy(e);
    }
  }
}
