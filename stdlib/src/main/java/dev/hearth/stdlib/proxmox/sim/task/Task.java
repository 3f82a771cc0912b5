package dev.hearth.stdlib.proxmox.sim.task;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One task, running or done. Guarded by the world's lock. */
public final class Task {
  private final Upid upid;
  private final List<String> log;
  private int warnings;
  private @Nullable String exitStatus;
  private long endtime;
  private @Nullable Thread worker;

  Task(Upid upid) {
    this.upid = upid;
    this.log = new ArrayList<>();
  }

  /** A task of a saved world. */
  public Task(Upid upid, List<String> log, String exitStatus, long endtime) {
    this.upid = upid;
    this.log = new ArrayList<>(log);
    this.exitStatus = exitStatus;
    this.endtime = endtime;
  }

  public Upid upid() {
    return upid;
  }

  /** The lines so far; the last one of a finished task says how it ended. */
  public List<String> log() {
    return List.copyOf(log);
  }

  public boolean isRunning() {
    return exitStatus == null;
  }

  /** {@code OK}, {@code WARNINGS: n} or what went wrong; {@code null} while it runs. */
  public @Nullable String exitStatus() {
    return exitStatus;
  }

  /** Seconds since 1970; 0 while it runs. */
  public long endtime() {
    return endtime;
  }

  void write(String text) {
    text.lines().forEach(log::add);
  }

  void warn(String text) {
    warnings++;
    write("WARN: " + text);
  }

  void run(Thread thread) {
    worker = thread;
  }

  @Nullable Thread worker() {
    return worker;
  }

  void succeed(long now) {
    if (warnings > 0) {
      end("WARNINGS: " + warnings, "TASK WARNINGS: " + warnings, now);
    } else {
      end("OK", "TASK OK", now);
    }
  }

  void fail(String error, long now) {
    // Exit statuses are one line; the log has all of them.
    end(error.lines().findFirst().orElse(error), "TASK ERROR: " + error, now);
  }

  private void end(String status, String line, long now) {
    write(line);
    exitStatus = status;
    endtime = now;
    worker = null;
  }
}
