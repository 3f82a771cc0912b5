package dev.hearth.runtime.timing;

import dev.hearth.runtime.Crossing;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.Timing;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.gate.Wait;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Measures where the time of one run goes, by the machine's clock whatever the run's own is. One
 * that is {@link #OFF} is asked the same questions and does nothing, so that nobody else decides.
 *
 * <p>The phases are those of one thread, the run's; the tallies may be added to by any.
 */
public final class Timekeeper {
  private static final Clock MACHINE = Clock.system();

  /** Measures nothing. */
  public static final Timekeeper OFF = new Timekeeper(null, Duration.ZERO);

  private final @Nullable Tables tables;
  private final Duration start;
  private final AtomicLong computing = new AtomicLong(); // nanoseconds in which JavaScript ran
  private final long began;
  private long prepared;
  private long engineMade;
  private long loaded;
  private long loading;

  private Timekeeper(@Nullable Tables tables, Duration start) {
    this.tables = tables;
    this.start = start;
    this.began = MACHINE.nanoTime();
  }

  /**
   * Begins to measure.
   *
   * @param since when the run was asked for, if that is known
   */
  public static Timekeeper since(Optional<Instant> since) {
    var start = since.map(then -> Duration.between(then, MACHINE.now())).orElse(Duration.ZERO);
    return new Timekeeper(new Tables(), start.isNegative() ? Duration.ZERO : start);
  }

  public boolean isOn() {
    return tables != null;
  }

  /** The moment, to be given back to what ends then; nothing to who measures nothing. */
  public long now() {
    return tables == null ? 0 : MACHINE.nanoTime();
  }

  /** The run begins. */
  public void prepared() {
    prepared = now();
  }

  /** There is a JavaScript world; a run that asks what is to be done may make another. */
  public void engineMade() {
    if (engineMade == 0) {
      engineMade = now();
    }
  }

  /** The recipe's function is called next; on the run's thread, in a task of its loop. */
  public void loaded(long taskBegan) {
    if (loaded == 0) {
      loaded = now();
      loading = computing.get() + loaded - taskBegan;
    }
  }

  /** JavaScript ran from {@code since} until now, outside of any other such time. */
  public void computed(long since) {
    if (tables != null) {
      computing.addAndGet(MACHINE.nanoTime() - since);
    }
  }

  /** A module's file was read, and made JavaScript of. */
  public void moduleRead(String name, long since, int bytes) {
    if (tables != null) {
      tables.modules.add(name, until(since), false, bytes);
    }
  }

  /** An operation of a binding ended. */
  public void operation(String name, long since, boolean failed) {
    if (tables != null) {
      tables.operations.add(name, until(since), failed, 0);
    }
  }

  /** An operation that was begun had to wait for its turn. */
  public void waited(String setting, long since) {
    if (tables != null) {
      tables.turns.add(setting, until(since), false, 0);
    }
  }

  /** A binding made something wait for its turn at a system. */
  public void queued(String what, Duration howLong) {
    if (tables != null) {
      tables.queues.add(what, howLong, false, 0);
    }
  }

  /** Something passed the gate, or did not. */
  public void crossed(Crossing crossing) {
    if (tables != null) {
      tables.contacts.add(
          crossing.permission(),
          crossing.duration(),
          crossing.outcome() == Crossing.Outcome.FAILED
              || crossing.outcome() == Crossing.Outcome.REFUSED,
          crossing.received() + crossing.sent());
    }
  }

  /** Something happened in the run. */
  public void heard(RunEvent event) {
    if (tables != null && event instanceof RunEvent.StepFinished step) {
      tables.steps.add(step.step(), step.duration(), step.error() != null, 0);
    }
  }

  /**
   * What was measured until now.
   *
   * @param atGate what waited at the gate
   */
  public Timing timing(List<Wait> atGate) {
    if (tables == null) {
      throw new IllegalStateException("Nothing was measured.");
    }
    long end = MACHINE.nanoTime();
    long all = computing.get();
    long load = loaded == 0 ? all : loading;
    long running = end - (engineMade == 0 ? end : engineMade);
    return new Timing(
        start,
        Duration.ofNanos((prepared == 0 ? end : prepared) - began),
        Duration.ofNanos(engineMade == 0 ? 0 : engineMade - prepared),
        Duration.ofNanos(load),
        Duration.ofNanos(all - load),
        Duration.ofNanos(Math.max(0, running - all)),
        tables.collected(),
        tables.modules.list(),
        tables.steps.list(),
        tables.operations.list(),
        tables.contacts.list(),
        waits(tables, atGate));
  }

  private static List<Timing.Waited> waits(Tables tables, List<Wait> atGate) {
    var waits = new ArrayList<Timing.Waited>();
    for (var turn : tables.turns.list()) {
      waits.add(new Timing.Waited("an operation's turn", turn.name(), turn.count(), turn.total()));
    }
    for (var queue : tables.queues.list()) {
      waits.add(new Timing.Waited(queue.name(), "", queue.count(), queue.total()));
    }
    for (var wait : atGate) {
      waits.add(new Timing.Waited(wait.what(), wait.limit().setting(), wait.waits(), wait.total()));
    }
    return waits;
  }

  private static Duration until(long since) {
    return Duration.ofNanos(MACHINE.nanoTime() - since);
  }

  /** What only a run has that is measured. */
  private static final class Tables {
    final Tallies modules = new Tallies();
    final Tallies steps = new Tallies();
    final Tallies operations = new Tallies();
    final Tallies contacts = new Tallies();
    final Tallies turns = new Tallies();
    final Tallies queues = new Tallies();
    private final List<GarbageCollectorMXBean> collectors =
        ManagementFactory.getGarbageCollectorMXBeans();
    private final long collectedBefore = millis();

    private long millis() {
      return collectors.stream().mapToLong(it -> Math.max(0, it.getCollectionTime())).sum();
    }

    Duration collected() {
      return Duration.ofMillis(millis() - collectedBefore);
    }
  }
}
