package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ProcessError;
import dev.hearth.runtime.effect.ProcessOutcome;
import dev.hearth.runtime.effect.ProcessRequest;
import dev.hearth.runtime.effect.Processes;
import dev.hearth.runtime.effect.RunningProcess;
import dev.hearth.runtime.permission.VisibleText;

/** No process at all: under {@code --simulate} each program is refused by its name. */
final class SimulatedProcesses implements Processes {
  @Override
  public RunningProcess start(ProcessRequest request) {
    throw notSimulated(request);
  }

  @Override
  public ProcessOutcome run(ProcessRequest request) {
    throw notSimulated(request);
  }

  private static HearthException notSimulated(ProcessRequest request) {
    return new HearthException(ProcessError.NOT_SIMULATED, VisibleText.of(request.program()));
  }
}
