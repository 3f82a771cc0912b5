package dev.hearth.stdlib.proxmox.sim.task;

import dev.hearth.stdlib.proxmox.sim.base.WorldLock;
import java.time.Duration;
import java.util.concurrent.Callable;

/** What the body of a running task works with. It holds the world's lock unless it lets go. */
public final class TaskRun {
  private final Task task;
  private final WorldLock lock;
  private final Duration unit;

  TaskRun(Task task, WorldLock lock, Duration unit) {
    this.task = task;
    this.lock = lock;
    this.unit = unit;
  }

  public Upid upid() {
    return task.upid();
  }

  /** Writes to the task's log; several lines become several lines. */
  public void log(String text) {
    task.write(text);
  }

  /** Writes a warning; a task with warnings ends with {@code WARNINGS: n} in place of OK. */
  public void warn(String text) {
    task.warn(text);
  }

  /**
   * Takes a while, as copying a disk does, and lets others act meanwhile. How long is the world's
   * task delay.
   */
  public void work() {
    lock.pause(unit);
  }

  /** Does something slow that needs no state, such as a download, and lets others act meanwhile. */
  public <T> T outside(Callable<T> work) throws Exception {
    return lock.outside(work);
  }
}
