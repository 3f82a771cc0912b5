package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.settings.Places;
import dev.hearth.standby.StandbyStart;
import dev.hearth.standby.StandbyState;
import dev.hearth.terminal.JsonDocument;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth standby start|stop|status}: the process that makes the next start short. */
final class StandbyCommand implements Command {
  /** What is to be done with it. */
  enum Wish {
    START,
    STOP,
    STATUS
  }

  private final Wish wish;

  StandbyCommand(Wish wish) {
    this.wish = wish;
  }

  @Override
  public CommandSpec spec() {
    return new Spec().build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth standby " + wish.name().toLowerCase(java.util.Locale.ROOT));
  }

  @Override
  public int run(Invocation invocation) {
    var start = new StandbyStart(Places.of(invocation.environment()).runtime());
    try {
      switch (wish) {
        case START -> start(start, invocation);
        case STOP -> stop(start, invocation);
        case STATUS -> show(start.address().state(), invocation);
      }
      return 0;
    } catch (IOException e) {
      throw new HearthException(CliError.STANDBY_FAILED)
          .with("reason", String.valueOf(e.getMessage()))
          .causedBy(e);
    }
  }

  private static void start(StandbyStart start, Invocation invocation) throws IOException {
    var state = start.address().state();
    if (state.isEmpty() && !start.start()) {
      throw new HearthException(CliError.STANDBY_FAILED)
          .with("reason", "only the launcher of an installed Hearth on Linux can start one");
    }
    for (var tries = 0; state.isEmpty() && tries < 200; tries++) {
      try {
        invocation.clock().sleep(java.time.Duration.ofMillis(50));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
      state = start.address().state();
    }
    if (state.isEmpty()) {
      throw new HearthException(CliError.STANDBY_FAILED).with("reason", "it did not answer");
    }
    show(state, invocation);
  }

  private static void stop(StandbyStart start, Invocation invocation) throws IOException {
    var state = start.address().end();
    if (state.isPresent() && state.get().busy()) {
      throw new HearthException(CliError.STANDBY_BUSY, state.get().pid());
    }
    show(Optional.empty(), invocation);
  }

  private static void show(Optional<StandbyState> state, Invocation invocation) {
    if (invocation.json()) {
      var document = JsonDocument.of("standby");
      document.put("running", state.isPresent());
      state.ifPresent(
          it ->
              document
                  .put("pid", it.pid())
                  .put("folder", it.folder())
                  .put("runs", it.runs())
                  .put("busy", it.busy()));
      invocation.terminal().out().println(JsonDocument.line(document));
      return;
    }
    var line =
        state
            .map(
                it ->
                    "Process %d stands by for runs started in %s; it has done %d."
                        .formatted(it.pid(), SafeText.line(it.folder()), it.runs()))
            .orElse("No process stands by.");
    invocation.terminal().out().println(line);
  }
}
