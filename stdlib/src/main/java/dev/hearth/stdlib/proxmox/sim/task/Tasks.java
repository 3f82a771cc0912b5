package dev.hearth.stdlib.proxmox.sim.task;

import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.base.WorldLock;
import dev.hearth.stdlib.proxmox.sim.task.TaskFault.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a world. A task gets its UPID at once and runs on a thread of its own: it waits
 * the task delay, then does its work under the world's lock. Guarded by that lock.
 */
public final class Tasks {
  private static final int FIRST_PID = 1_000;
  private static final int KEPT = 2_000;

  private final WorldLock lock;
  private final Instant boot;
  private final Map<String, Task> tasks = new LinkedHashMap<>();
  private final Deque<TaskFault> faults = new ArrayDeque<>();
  private Duration delay;
  private long lastPid;
  private long lastStart;

  /**
   * @param boot when the nodes started
   * @param delay how long a task takes, and each further bit of its {@link TaskRun#work}
   */
  public Tasks(WorldLock lock, Instant boot, Duration delay) {
    this.lock = lock;
    this.boot = boot;
    this.delay = delay;
    this.lastPid = FIRST_PID;
  }

  /** Starts a task and returns its UPID. */
  public String start(String node, String type, String id, String user, TaskBody body) {
    var task = new Task(nextUpid(node, type, id, user));
    tasks.put(task.upid().toString(), task);
    forgetOldest();
    var fault = takeFault(type);
    task.run(
        Thread.ofVirtual()
            .name("sim-task-" + task.upid().pid())
            .start(() -> lock.holding(() -> run(task, body, fault))));
    return task.upid().toString();
  }

  /** A process id that no task has; VMs that start take one too. */
  public long nextPid() {
    lastPid += 2;
    return lastPid;
  }

  private void run(Task task, TaskBody body, @Nullable TaskFault fault) {
    try {
      var run = begin(task, body, fault);
      body.run(run);
      failIf(fault, Moment.AFTER);
      task.succeed(now());
    } catch (Refusal e) {
      task.fail(e.text(), now());
    } catch (InterruptedException e) {
      task.fail("interrupted by signal", now());
    } catch (Exception | Error e) {
      // A bug of ours must not leave a task that runs for ever; whoever polls sees it named.
      task.fail("bug in the simulator: " + e, now());
      throw new IllegalStateException("Task " + task.upid() + " failed in a way nobody meant.", e);
    }
  }

  private TaskRun begin(Task task, TaskBody body, @Nullable TaskFault fault) {
    var run = new TaskRun(task, lock, delay);
    try {
      run.work();
      failIf(fault, Moment.BEFORE);
      return run;
    } catch (Refusal e) {
      body.abandon();
      throw e;
    }
  }

  private static void failIf(@Nullable TaskFault fault, Moment moment) {
    if (fault != null && fault.moment() == moment) {
      throw Refusal.die(fault.message());
    }
  }

  /** The task with this UPID. */
  public Optional<Task> find(String upid) {
    return Optional.ofNullable(tasks.get(upid));
  }

  /** The thread that a task runs on, until it ends. */
  public Optional<Thread> workerOf(String upid) {
    return find(upid).map(Task::worker);
  }

  /** All tasks, oldest first. */
  public List<Task> all() {
    return new ArrayList<>(tasks.values());
  }

  /** Stops a task if it still runs: it ends with {@code interrupted by signal}. */
  public void stop(Task task) {
    var worker = task.worker();
    if (worker != null) {
      worker.interrupt();
    }
  }

  /** Stops all that runs. */
  public void stopAll() {
    tasks.values().forEach(this::stop);
  }

  /** Makes a coming task fail; faults are used in the order in which they were added, once. */
  public void failNext(TaskFault fault) {
    faults.add(fault);
  }

  /** How long tasks take from now on. */
  public void delay(Duration duration) {
    delay = duration;
  }

  public Duration delay() {
    return delay;
  }

  /** Brings back what a saved world had. */
  public void restore(Collection<Task> saved, long pid, long pstart) {
    saved.forEach(task -> tasks.put(task.upid().toString(), task));
    lastPid = Math.max(lastPid, pid);
    lastStart = Math.max(lastStart, pstart);
  }

  public long lastPid() {
    return lastPid;
  }

  public long lastStart() {
    return lastStart;
  }

  private Upid nextUpid(String node, String type, String id, String user) {
    long start = Duration.between(boot, lock.clock().now()).toMillis() / 10;
    lastStart = Math.max(start, lastStart + 1);
    return new Upid(node, nextPid(), lastStart, now(), type, id, user);
  }

  private @Nullable TaskFault takeFault(String type) {
    for (var fault : faults) {
      if (fault.hits(type)) {
        faults.remove(fault);
        return fault;
      }
    }
    return null;
  }

  private void forgetOldest() {
    var oldest = tasks.values().iterator();
    while (tasks.size() > KEPT && oldest.hasNext()) {
      if (!oldest.next().isRunning()) {
        oldest.remove();
      }
    }
  }

  private long now() {
    return lock.clock().now().getEpochSecond();
  }
}
