package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.effect.ProcessOutcome;
import dev.hearth.runtime.effect.RunningProcess;
import java.io.InputStream;

/** A process that gives its place back when it has ended. */
record CountedProcess(RunningProcess process, Slots.Slot slot) implements RunningProcess {
  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public InputStream output() {
    return process.output();
  }

  @Override
  public InputStream errors() {
    return process.errors();
  }

  @Override
  public int await() throws InterruptedException {
    try {
      return process.await();
    } finally {
      slot.close();
    }
  }

  @Override
  public ProcessOutcome finish(OutputListener listener) throws InterruptedException {
    try {
      return process.finish(listener);
    } finally {
      slot.close();
    }
  }

  @Override
  public void stop() {
    try {
      process.stop();
    } finally {
      slot.close();
    }
  }
}
