package dev.hearth.cli;

import dev.hearth.repl.LatePrompt;
import dev.hearth.repl.SessionRepl;
import dev.hearth.runtime.HearthException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth repl}. */
final class ReplCommand implements Command {
  private final List<String> grants;

  ReplCommand() {
    this(List.of());
  }

  private ReplCommand(List<String> grants) {
    this.grants = grants;
  }

  @Override
  public CommandSpec spec() {
    return WorldFlags.describe(DiagnosticFlags.describe(new Spec())).build();
  }

  @Override
  public boolean runsJavaScript() {
    return true;
  }

  @Override
  public List<String> examples() {
    return List.of(
        "hearth repl --simulate",
        "hearth repl --connection proxmox=lab",
        "echo '1 + 1' | hearth repl");
  }

  @Override
  public Given given(List<String> arguments) {
    var split = GrantFlags.of(arguments);
    return new Given(new ReplCommand(split.grants()), WorldFlags.attachEmptyValue(split.rest()));
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    if (invocation.json()) {
      throw new HearthException(CliError.NO_JSON);
    }
    var builder = invocation.hearth();
    var prompt = new LatePrompt();
    if (SessionRepl.isTyped(invocation.terminal())) {
      builder.recipePrompt(prompt);
    }
    var diagnostics = DiagnosticFlags.of(invocation);
    return new SessionRepl(
            builder.build(),
            invocation.terminal(),
            invocation.verbosity(),
            diagnostics::listening,
            prompt)
        .run(WorldFlags.of(invocation).session(grants, diagnostics.diagnostics(invocation)));
  }
}
