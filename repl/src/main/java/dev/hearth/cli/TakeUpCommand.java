package dev.hearth.cli;

import dev.hearth.runtime.Diagnostics;
import dev.hearth.runtime.TakeUp;
import dev.hearth.runtime.TakeUpRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth resume RUN} and {@code hearth undo RUN}: what a run began is gone on with. */
final class TakeUpCommand implements Command {
  private final TakeUp what;
  private final List<String> grants;

  TakeUpCommand(TakeUp what) {
    this(what, List.of());
  }

  private TakeUpCommand(TakeUp what, List<String> grants) {
    this.what = what;
    this.grants = grants;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        new Spec()
            .argument(
                "RUN", "Its id, the beginning of it, or its last four characters.", List.of());
    if (what == TakeUp.UNDO) {
      return GrantFlags.describe(RunFlags.describeYes(spec)).build();
    }
    DiagnosticFlags.describe(spec)
        .repeatable("--redo", "STEP", "Do this step again, whose end is not recorded.")
        .repeatable("--skip", "STEP", "Go on without doing it: you have seen that it is done.");
    return GrantFlags.describe(RunFlags.describe(spec)).build();
  }

  @Override
  public boolean runsJavaScript() {
    return true;
  }

  @Override
  public List<String> examples() {
    return what == TakeUp.UNDO
        ? List.of("hearth undo k7p2", "hearth undo 20261123-035401-k7p2 --yes")
        : List.of("hearth resume k7p2", "hearth resume k7p2 --redo 'create the VM'");
  }

  @Override
  public Given given(List<String> arguments) {
    var split = GrantFlags.of(arguments);
    return new Given(new TakeUpCommand(what, split.grants()), split.rest());
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    var request = request(invocation);
    return new LiveRunView(invocation).follow((hearth, heard) -> hearth.takeUp(request, heard));
  }

  private TakeUpRequest request(Invocation invocation) {
    var run = invocation.required(0);
    if (what == TakeUp.UNDO) {
      return new TakeUpRequest(
          TakeUp.UNDO,
          run,
          Map.of(),
          grants,
          new LinkedHashSet<>(),
          new LinkedHashSet<>(),
          Optional.empty(),
          Optional.empty(),
          Diagnostics.NONE);
    }
    var flags = RunFlags.of(invocation);
    return new TakeUpRequest(
        TakeUp.RESUME,
        run,
        Map.of(),
        grants,
        new LinkedHashSet<>(invocation.values("--redo")),
        new LinkedHashSet<>(invocation.values("--skip")),
        flags.timeout(),
        flags.onError(),
        DiagnosticFlags.of(invocation).diagnostics(invocation));
  }
}
