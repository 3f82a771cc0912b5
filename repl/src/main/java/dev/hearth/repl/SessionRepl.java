package dev.hearth.repl;

import dev.hearth.runtime.Evaluation;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.Session;
import dev.hearth.runtime.SessionRequest;
import dev.hearth.runtime.run.Surroundings;
import dev.hearth.runtime.storage.PrivateFolder;
import dev.hearth.terminal.Role;
import dev.hearth.terminal.RunProgress;
import dev.hearth.terminal.Screen;
import dev.hearth.terminal.Terminal;
import dev.hearth.terminal.TerminalPrompt;
import dev.hearth.terminal.Verbosity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A REPL on a session of Hearth's, for a person or for a pipe. */
public final class SessionRepl {
  private final Hearth hearth;
  private final Terminal terminal;
  private final Verbosity verbosity;
  private final UnaryOperator<Consumer<RunEvent>> beside;
  private final LatePrompt prompt;

  /**
   * A REPL.
   *
   * @param beside lets somebody else hear what happens, too
   * @param prompt asks at the terminal where somebody types; the Hearth's
   */
  public SessionRepl(
      Hearth hearth,
      Terminal terminal,
      Verbosity verbosity,
      UnaryOperator<Consumer<RunEvent>> beside,
      LatePrompt prompt) {
    this.beside = beside;
    this.prompt = prompt;
    this.hearth = hearth;
    this.terminal = terminal;
    this.verbosity = verbosity;
  }

  /**
   * Goes on until somebody leaves or the input ends.
   *
   * @return the exit status
   */
  public int run(SessionRequest request) throws InterruptedException {
    try {
      return isTyped(terminal) ? typed(request) : piped(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a person types at a terminal and sees what comes of it. */
  public static boolean isTyped(Terminal terminal) {
    return terminal.interactive() && terminal.outScreen().kind() != Screen.Kind.PIPE;
  }

  private int piped(SessionRequest request) throws IOException, InterruptedException {
    try (var progress = new RunProgress(terminal, verbosity, surroundings().clock())) {
      var uncaught = new UncaughtErrors(beside.apply(progress));
      int status;
      try (var session = hearth.session(request, uncaught);
          var input = new PipedInput(terminal.in(), Session::isIncomplete)) {
        status = repl(new Live(session, modules()), terminal, Repl.OnError.STOP).run(input);
      }
      return uncaught.status(status);
    }
  }

  private int typed(SessionRequest request) throws IOException, InterruptedException {
    var console = ConsoleBuilder.open(surroundings().environment());
    var resized = resizing(terminal, console);
    var out = new AbovePrompt(terminal.out());
    var err = new AbovePrompt(terminal.err());
    var told = resized.with(out.stream(), err.stream());
    try (var progress = new RunProgress(told, verbosity, surroundings().clock());
        var session = hearth.session(request, beside.apply(progress))) {
      var live = new Live(session, modules());
      prompt.is(new TerminalPrompt(resized, progress, new ConsoleReading(console)));
      var history = new PrivateFolder(surroundings().places().state()).file("repl-history");
      greet(resized, request);
      try (var input = new InteractiveInput(console, resized.outScreen(), live, history)) {
        input.show(out);
        input.show(err);
        return repl(live, resized, Repl.OnError.GO_ON).run(input);
      }
    }
  }

  private Repl repl(Evaluator session, Terminal shown, Repl.OnError onError) {
    return new Repl(session, shown, verbosity.detail(), surroundings().sources(), onError);
  }

  private void greet(Terminal shown, SessionRequest request) {
    if (verbosity == Verbosity.QUIET) {
      return;
    }
    var screen = shown.outScreen();
    var simulated = request.simulate() ? screen.paint(Role.WARNING, "  simulated") : "";
    shown.out().print(screen.paint(Role.STRONG, "Hearth " + Hearth.version()) + simulated);
    shown.out().println(screen.paint(Role.FAINT, "  .help for help, Ctrl-D to leave"));
    shown.out().flush();
  }

  /** The editor knows the width of its terminal also after somebody has changed it. */
  private static Terminal resizing(Terminal terminal, org.jline.terminal.Terminal console) {
    return new Terminal(
        terminal.in(),
        terminal.out(),
        terminal.err(),
        resizing(terminal.outScreen(), console),
        resizing(terminal.errScreen(), console),
        terminal.interactive());
  }

  private static Screen resizing(Screen screen, org.jline.terminal.Terminal console) {
    return screen.kind() == Screen.Kind.PIPE
        ? screen
        : new Screen(
            screen.kind(),
            screen.ink(),
            screen.glyphs(),
            () ->
                console.getSize().getColumns() > 0
                    ? console.getSize().getColumns()
                    : screen.width());
  }

  private Surroundings surroundings() {
    return hearth.surroundings();
  }

  private List<String> modules() {
    return surroundings().bindings().names().stream().map(name -> "hearth:" + name).toList();
  }

  private record Live(Session session, List<String> modules) implements Evaluator {
    @Override
    public boolean isIncomplete(String typed) {
      return Session.isIncomplete(typed);
    }

    @Override
    public Evaluation evaluate(String typed, String source) throws InterruptedException {
      return session.evaluate(typed, source);
    }

    @Override
    public void interrupt() {
      session.interrupt();
    }

    @Override
    public List<String> globals() {
      return session.globals();
    }

    @Override
    public List<String> members(List<String> chain) {
      return session.members(chain);
    }
  }
}
