package dev.hearth.stdlib.proxmox.sim.console;

import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.task.TaskBody;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ports on which consoles wait, ten seconds each, for whoever asked for them. Nothing is shown
 * on a simulated console: who comes sees it end. Guarded by the world's lock; no world that is
 * saved has any.
 */
final class Consoles {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(100);

  /** By port, whether somebody came. */
  private final Map<Integer, Boolean> waiting = new TreeMap<>();

  /** The first port of a range that no console waits on. */
  private int free(int first, int last) {
    for (int port = first; port <= last; port++) {
      if (!waiting.containsKey(port)) {
        return port;
      }
    }
    throw Refusal.die("unable to find free port (" + first + "-" + (last + 1) + ")");
  }

  /** A console that waits. */
  record Opened(int port, String upid) {}

  /** How the task of a console is called, and how it ends when nobody comes. */
  record Kind(String task, String id, String failure) {}

  /** Opens one for VNC or a terminal. */
  Opened open(Call call, Kind kind) {
    return open(call, kind, free(5900, 5999));
  }

  /** Opens one for SPICE. */
  Opened openSpice(Call call, Kind kind) {
    return open(call, kind, free(61000, 61999));
  }

  private Opened open(Call call, Kind kind, int port) {
    waiting.put(port, false);
    var upid = call.fork(kind.task(), kind.id(), new Wait(call, port, kind));
    return new Opened(port, upid);
  }

  /** Somebody comes; without a console there nobody hears it. */
  void come(int port) {
    waiting.computeIfPresent(port, (_, _) -> true);
  }

  private final class Wait implements TaskBody {
    private final Call call;
    private final int port;
    private final Kind kind;

    Wait(Call call, int port, Kind kind) {
      this.call = call;
      this.port = port;
      this.kind = kind;
    }

    @Override
    public void run(TaskRun task) {
      try {
        var left = PATIENCE;
        while (!waiting.getOrDefault(port, false)) {
          if (!left.isPositive()) {
            throw Refusal.die(kind.failure().replace("PORT", String.valueOf(port)));
          }
          call.world().lock().pause(LOOK);
          left = left.minus(LOOK);
        }
      } finally {
        waiting.remove(port);
      }
    }

    @Override
    public void abandon() {
      waiting.remove(port);
    }
  }
}
