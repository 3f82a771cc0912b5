package dev.hearth.repl;

import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.effect.SourceFiles;
import dev.hearth.runtime.report.ErrorRenderer;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.terminal.Role;
import dev.hearth.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads an input, evaluates it, prints its value, again and again. Values go to {@code out}, errors
 * to {@code err}.
 */
final class Repl {
  /** What an error means for what comes after it. */
  enum OnError {
    /** A person goes on. */
    GO_ON,
    /** A script must not. */
    STOP
  }

  private static final int LARGEST_FILE = 1 << 20;
  private static final String CLEAR = "\u001b[H\u001b[2J\u001b[3J";

  private final Evaluator session;
  private final Terminal terminal;
  private final ErrorRenderer errors;
  private final SourceFiles files;
  private final OnError onError;
  private boolean left;
  private int status;

  /**
   * A REPL.
   *
   * @param files reads the file that {@code .load} names
   */
  Repl(
      Evaluator session,
      Terminal terminal,
      ErrorRenderer.Detail detail,
      SourceFiles files,
      OnError onError) {
    this.session = session;
    this.terminal = terminal;
    this.errors = new ErrorRenderer(terminal.errScreen(), detail);
    this.files = files;
    this.onError = onError;
  }

  /**
   * Goes on until the input ends or somebody leaves.
   *
   * @return the exit status: that of the error that ended it, else 0
   */
  int run(Input input) throws IOException, InterruptedException {
    while (!left) {
      switch (input.next()) {
        case Input.Read.Typed(String text) -> take(text);
        case Input.Read.Cancelled() -> {}
        case Input.Read.End() -> left = true;
      }
    }
    return status;
  }

  private void take(String text) throws InterruptedException {
    if (text.isBlank()) {
      return;
    }
    try {
      if (DotCommand.is(text)) {
        command(DotCommand.read(text));
      } else {
        evaluate(text, "repl");
      }
    } catch (HearthException e) {
      failed(ErrorReport.of(e));
    }
    terminal.out().flush();
    terminal.err().flush();
  }

  private void evaluate(String text, String source) throws InterruptedException {
    var answer = session.evaluate(text, source);
    var error = answer.error();
    if (error != null) {
      var meant = DotCommand.meantBy(text);
      if (meant.isPresent() && error.message().endsWith(" is not defined")) {
        throw new HearthException(ReplError.NOT_A_COMMAND, text.strip(), meant.get().word());
      }
      failed(error);
    } else {
      terminal.out().print(new ValuePrinter(terminal.outScreen()).text(answer));
    }
  }

  private void failed(ErrorReport error) {
    terminal.err().print(errors.text(error));
    if (onError == OnError.STOP) {
      status = error.kind().exitStatus();
      left = true;
    }
  }

  private void command(DotCommand.Typed typed) throws InterruptedException {
    for (var command : DotCommand.values()) {
      if (command.word().equals(typed.word())) {
        run(command, typed.argument());
        return;
      }
    }
    var error = new HearthException(ReplError.UNKNOWN_COMMAND, typed.word());
    throw Suggestion.closest(typed.word(), DotCommand.words())
        .map(nearest -> error.hint("Did you mean `" + nearest + "`?"))
        .orElse(error);
  }

  private void run(DotCommand command, String argument) throws InterruptedException {
    switch (command) {
      case EXIT -> left = true;
      case CLEAR -> terminal.out().print(CLEAR);
      case HELP -> terminal.out().print(help());
      case LOAD -> {
        if (argument.isEmpty()) {
          throw new HearthException(ReplError.FILE_MISSING);
        }
        evaluate(load(argument), argument);
      }
    }
  }

  private String load(String file) {
    try {
      return new String(files.read(Path.of(file), LARGEST_FILE), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new HearthException(ReplError.FILE_UNREADABLE, SafeText.line(file), "it does not exist")
          .causedBy(e);
    } catch (IOException e) {
      var reason = SafeText.line(String.valueOf(e.getMessage()));
      throw new HearthException(ReplError.FILE_UNREADABLE, SafeText.line(file), reason).causedBy(e);
    }
  }

  private String help() {
    var screen = terminal.outScreen();
    var help = new StringBuilder();
    for (var command : DotCommand.values()) {
      help.append("  ").append(screen.paint(Role.HINT, command.usage()));
      help.repeat(' ', 14 - command.usage().length()).append(command.summary()).append('\n');
    }
    help.append(
        """

          Tab           Complete a name, a member, a module or a command.
          Up, Ctrl-R    Recall or search what was typed; a blank before it keeps it from there.
          Ctrl-C        Stop what runs, or throw away what is typed.

        """);
    help.append("Modules: ");
    help.append(SafeText.line(String.join(", ", session.modules()))).append('\n');
    help.append("Import one with `import { log } from 'hearth:log'`; `await` works everywhere.\n");
    return help.toString();
  }
}
