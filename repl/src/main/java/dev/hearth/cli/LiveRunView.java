package dev.hearth.cli;

import dev.hearth.log.RunLines;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.LiveRun;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.permission.GrantPrompt;
import dev.hearth.runtime.permission.GrantPrompt.Answer;
import dev.hearth.runtime.permission.GrantPrompt.Lasting;
import dev.hearth.terminal.EventJson;
import dev.hearth.terminal.RunProgress;
import dev.hearth.terminal.TerminalPrompt;
import dev.hearth.terminal.ValueView;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A run as the user of the command line sees it: questions before, progress, the value at the end.
 */
final class LiveRunView {
  private final Invocation invocation;

  LiveRunView(Invocation invocation) {
    this.invocation = invocation;
  }

  /** Begins a run that tells {@code listener} what happens. */
  @FunctionalInterface
  interface Start {
    LiveRun begin(Hearth hearth, Consumer<RunEvent> listener) throws InterruptedException;
  }

  /**
   * Follows a run to its end.
   *
   * @return the exit status
   */
  int follow(Start start) throws InterruptedException {
    if (invocation.json()) {
      var events = new EventJson(invocation.terminal().out(), invocation.verbosity());
      return follow(start, hearth().build(), events).exitStatus();
    }
    var result = result(start);
    printValue(result);
    return result.exitStatus();
  }

  /** Follows a run to its end without printing its value. */
  RunResult result(Start start) throws InterruptedException {
    try (var progress =
        new RunProgress(invocation.terminal(), invocation.verbosity(), invocation.clock())) {
      return follow(start, hearth(progress), progress);
    }
  }

  private RunResult follow(Start start, Hearth hearth, Consumer<RunEvent> view)
      throws InterruptedException {
    var interrupts = invocation.interrupts().get();
    Consumer<RunEvent> heard = interrupts::heard;
    var shown = DiagnosticFlags.of(invocation).listening(view);
    var logged = new RunLines(invocation.log());
    var run = start.begin(hearth, heard.andThen(shown).andThen(logged));
    interrupts.stopBy(run::stop);
    return run.await();
  }

  /** One whose recipes can ask, too: where the output is for programs, nobody reads questions. */
  private Hearth hearth(RunProgress progress) {
    var builder = hearth();
    if (invocation.terminal().interactive()) {
      builder.recipePrompt(new TerminalPrompt(invocation.terminal(), progress));
    }
    return builder.build();
  }

  private Hearth.Builder hearth() {
    var builder = invocation.hearth();
    grantPrompt().ifPresent(builder::grantPrompt);
    if (invocation.terminal().interactive()) {
      builder.parameterPrompt(new TerminalParameters(invocation.terminal()));
      builder.failurePrompt(new TerminalFailure(invocation.terminal()));
    }
    return builder;
  }

  private Optional<GrantPrompt> grantPrompt() {
    if (invocation.has("--yes")) {
      return Optional.of(asked -> new Answer(new LinkedHashSet<>(asked.needs()), Lasting.ONCE));
    }
    return invocation.terminal().interactive()
        ? Optional.of(new TerminalGrants(invocation.terminal()))
        : Optional.empty();
  }

  private void printValue(RunResult result) {
    if (result.value() != null && !result.value().isNull()) {
      var out = invocation.terminal().out();
      out.print(new ValueView(invocation.terminal().outScreen()).text(result.value()));
    }
  }
}
