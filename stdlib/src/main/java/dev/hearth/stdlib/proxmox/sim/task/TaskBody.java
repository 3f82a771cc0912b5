package dev.hearth.stdlib.proxmox.sim.task;

/**
 * What a task does once it runs. It fails with a {@link
 * dev.hearth.stdlib.proxmox.sim.base.Refusal}, whose text becomes the exit status.
 */
public interface TaskBody {
  void run(TaskRun task) throws Exception;

  /** Takes back what the call did before it forked: the task ended before its work began. */
  default void abandon() {}
}
