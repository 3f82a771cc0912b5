package dev.hearth.stdlib.shell;

import dev.hearth.runtime.effect.ProcessOutcome;
import dev.hearth.runtime.effect.RunningProcess;
import dev.hearth.stdlib.command.Tail;
import dev.hearth.stdlib.shell.ShellOps.Invocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Commands that run, each one reading what the one before it writes. */
final class Pipeline implements AutoCloseable {
  /** One of them. */
  record Stage(Invocation command, List<String> commandLine, RunningProcess process) {}

  private final List<Stage> stages;
  private final List<Tail> errors = new ArrayList<>();

  /** Takes over {@code stages}: it reads the errors of all but the last, and ends all. */
  Pipeline(List<Stage> stages) {
    this.stages = List.copyOf(stages);
    for (var stage : stages.subList(0, stages.size() - 1)) {
      errors.add(Tail.of(stage.process().errors()));
    }
  }

  Stage last() {
    return stages.getLast();
  }

  /**
   * Waits for all but the last. One that was cut off because the next one had read enough is no
   * failure, as {@code yes} is none before {@code head}.
   */
  void requireOthersToSucceed() throws InterruptedException {
    for (int i = 0; i < stages.size() - 1; i++) {
      var stage = stages.get(i);
      var status = stage.process().await();
      var nothrow = stage.command().options().nothrow();
      if (status != 0 && status != ExitStatus.BROKEN_PIPE && !Boolean.TRUE.equals(nothrow)) {
        var outcome = new ProcessOutcome(status, new byte[0], errors.get(i).bytes(), Duration.ZERO);
        throw ShellOps.failure(stage.commandLine(), outcome);
      }
    }
  }

  /** Ends those that still run, the last first. */
  @Override
  public void close() {
    stages.reversed().forEach(stage -> stage.process().close());
  }
}
