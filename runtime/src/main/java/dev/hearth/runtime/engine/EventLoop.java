package dev.hearth.runtime.engine;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.timing.Timekeeper;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs all JavaScript of one run, one task at a time, on one thread.
 *
 * <p>The thread inside {@link #runWhile} is the only one that may touch guest values. Any other
 * thread speaks to it through a {@link Slot} that the loop thread reserved beforehand, or, to stop
 * the run, through {@link #interject}. The loop therefore never ends while work is still out, and
 * never waits for work nobody promised.
 */
final class EventLoop {
  private final Clock clock;
  private final Timekeeper timekeeper;
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

  // Confined to the loop thread, so they need no lock.
  private int openSlots;
  private long timersMade;
  private int quietTimers;
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::id));
  private final Map<Long, Timer> timersById = new HashMap<>();
  private Runnable betweenTasks = () -> {};
  private @Nullable Thread alarm;
  private long alarmDue;
  private long taskBegan;

  EventLoop(Clock clock, Timekeeper timekeeper) {
    this.clock = clock;
    this.timekeeper = timekeeper;
  }

  /** Reserves one future task. Call on the loop thread, before the work leaves it. */
  Slot reserve() {
    openSlots++;
    return new Slot();
  }

  /** Puts a task in that nobody waits for. Any thread may call this. */
  void interject(Runnable task) {
    tasks.add(task);
  }

  /** Calls {@code work} before each task is sought; it must not touch JavaScript. */
  void betweenTasks(Runnable work) {
    betweenTasks = work;
  }

  /** Whether there is something to run without waiting. */
  boolean isBusy() {
    return !tasks.isEmpty() || isTimerDue();
  }

  /** Whether anything can still happen: a task, an operation that is out, or a timer. */
  boolean hasWork() {
    return hasWorkBeside(0);
  }

  /** As {@link #hasWork}, but for so many operations that are always out. */
  boolean hasWorkBeside(int slots) {
    return openSlots > slots || !tasks.isEmpty() || !timers.isEmpty();
  }

  /** Whether anything is out that a run has to wait for; a quiet timer is not. */
  boolean isHeld() {
    return openSlots > 0 || !tasks.isEmpty() || timers.size() > quietTimers;
  }

  /** Operations that are out. */
  int openSlots() {
    return openSlots;
  }

  /**
   * Runs tasks as long as {@code wanted} holds and anything can still happen. A task and a timer
   * take turns, so that neither an interval without delay nor a flood of answers starves the other.
   */
  void runWhile(BooleanSupplier wanted) throws InterruptedException {
    while (wanted.getAsBoolean() && hasWork()) {
      betweenTasks.run();
      var task = isTimerDue() ? tasks.poll() : tasks.take();
      if (task != null) {
        perform(task);
      }
      if (wanted.getAsBoolean() && isTimerDue()) {
        perform(this::runNextTimer);
      }
    }
  }

  /** Runs what is to be done before anything else, on the loop thread outside of any task. */
  void perform(Runnable task) {
    taskBegan = timekeeper.now();
    try {
      task.run();
    } finally {
      timekeeper.computed(taskBegan);
    }
  }

  /** When what runs now began, by the timekeeper. */
  long taskBegan() {
    return taskBegan;
  }

  /** Timers that have not rung. */
  int openTimers() {
    return timers.size();
  }

  /** Runs {@code task} once, on the loop, when {@code delay} has passed. */
  long startTimer(Duration delay, Runnable task) {
    return start(delay, false, task);
  }

  /** As {@link #startTimer}, but no run that has settled waits for it. */
  long startQuietTimer(Duration delay, Runnable task) {
    quietTimers++;
    return start(delay, true, task);
  }

  private long start(Duration delay, boolean quiet, Runnable task) {
    long due = clock.nanoTime() + Math.max(0, delay.toNanos());
    var timer = new Timer(++timersMade, due, quiet, task);
    timers.add(timer);
    timersById.put(timer.id(), timer);
    setAlarm();
    return timer.id();
  }

  void stopTimer(long id) {
    var timer = timersById.remove(id);
    if (timer != null) {
      timers.remove(timer);
      quietTimers -= timer.quiet() ? 1 : 0;
      setAlarm();
    }
  }

  /** The number of the timer that was started last. */
  long lastTimer() {
    return timersMade;
  }

  /** Stops the timers up to number {@code last}. */
  void stopTimers(long last) {
    timers.removeIf(timer -> timer.id() <= last);
    timersById.keySet().removeIf(id -> id <= last);
    quietTimers = (int) timers.stream().filter(Timer::quiet).count();
    setAlarm();
  }

  private boolean isTimerDue() {
    var next = timers.peek();
    return next != null && next.due() - clock.nanoTime() <= 0;
  }

  /** One at a time, so that the microtasks of one timer run before the next. */
  private void runNextTimer() {
    var next = timers.remove();
    timersById.remove(next.id());
    quietTimers -= next.quiet() ? 1 : 0;
    setAlarm();
    next.task().run();
  }

  /** One thread sleeps until the earliest timer is due and then wakes the loop up. */
  private void setAlarm() {
    var next = timers.peek();
    if (alarm != null && next != null && alarmDue - next.due() <= 0) {
      return; // it rings early enough, and is set anew then
    }
    if (alarm != null) {
      alarm.interrupt();
      alarm = null;
    }
    if (next != null) {
      alarmDue = next.due();
      var sleep = Duration.ofNanos(next.due() - clock.nanoTime());
      alarm = clock.alarm(sleep, () -> tasks.add(this::alarmRang));
    }
  }

  private void alarmRang() {
    alarm = null;
    setAlarm();
  }

  private record Timer(long id, long due, boolean quiet, Runnable task) {}

  /** The right to run exactly one more task on the loop thread. */
  final class Slot {
    private final AtomicBoolean used = new AtomicBoolean();

    /** Whether no outcome has been handed back. Any thread may ask. */
    boolean isOpen() {
      return !used.get();
    }

    /** Hands {@code task} back to the loop. Any thread may call this, once. */
    void complete(Runnable task) {
      if (!completeIfOpen(task)) {
        throw new IllegalStateException("A slot was completed twice.");
      }
    }

    /** As {@link #complete}, but the loser of a race between two outcomes is dropped. */
    boolean completeIfOpen(Runnable task) {
      if (!used.compareAndSet(false, true)) {
        return false;
      }
      tasks.add(
          () -> {
            openSlots--;
            task.run();
          });
      return true;
    }
  }
}
