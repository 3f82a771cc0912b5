package dev.hearth.runtime.engine;

import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets no operation reach the world before what was recorded until then would survive a power cut.
 *
 * <p>Waiting for the disk is the dearest part of a step, so all operations that begin in one turn
 * of the loop wait once, and the end of one step waits together with the begin of the next.
 * Confined to the loop thread.
 */
final class DurableStarts {
  private final RealmHost host;
  private final EventLoop loop;
  private List<Held> held = new ArrayList<>();

  private record Held(Runnable start, Consumer<HearthException> refused) {}

  DurableStarts(RealmHost host, EventLoop loop) {
    this.host = host;
    this.loop = loop;
    loop.betweenTasks(this::settle);
  }

  /**
   * Starts an operation, at once when nothing is left to be made durable.
   *
   * @param refused is told when its record cannot be, so that it must not start
   */
  void add(Runnable start, Consumer<HearthException> refused) {
    if (host.isRecordDurable()) {
      start.run();
    } else {
      held.add(new Held(start, refused));
    }
  }

  /** Nothing goes out, and the loop is busy: the disk can wait for what the next task records. */
  private void settle() {
    if (host.isRecordDurable() || (held.isEmpty() && loop.isBusy())) {
      return;
    }
    var starts = held;
    held = new ArrayList<>();
    try {
      host.makeRecordDurable();
    } catch (HearthException e) {
      starts.forEach(each -> each.refused().accept(e));
      return;
    }
    starts.forEach(each -> each.start().run());
  }
}
