package dev.hearth.terminal;

import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.report.SafeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run while it goes: messages and steps on {@code err}, what the recipe prints on the
 * stream it printed to. Where the cursor can move, the step that is being done has a line that
 * lives; elsewhere its beginning and its end are a line each.
 */
public final class RunProgress implements Consumer<RunEvent>, AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(120);
  private static final String ERASE = "\r\u001b[K";

  private final Terminal terminal;
  private final Clock clock;
  private final EventText text;
  private final boolean live;
  private final SequencedMap<String, RunEvent.Progressed> bars = new LinkedHashMap<>();
  private final SparseProgress sparse = new SparseProgress();
  private final List<RunEvent> heldBack = new ArrayList<>();
  private boolean isHeld;
  private final SequencedMap<String, Long> running = new LinkedHashMap<>(); // since which nanoTime
  private @Nullable Thread ticker;
  private boolean drawn;
  private boolean undoing; // from the first undo on, what runs is one

  public RunProgress(Terminal terminal, Verbosity verbosity, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
    this.text = new EventText(terminal.errScreen(), verbosity);
    this.live = terminal.errScreen().kind() == Screen.Kind.LIVE && verbosity != Verbosity.QUIET;
  }

  @Override
  public synchronized void accept(RunEvent event) {
    if (isHeld && event instanceof RunEvent.Finished) {
      release(); // nobody waits for an answer any more
    }
    if (isHeld) {
      heldBack.add(event);
    } else {
      show(event);
    }
  }

  /** Says nothing until {@link #release}, so that a question stands alone; forgets nothing. */
  synchronized void hold() {
    erase();
    terminal.err().flush();
    isHeld = true;
  }

  /** Says what was held back. */
  synchronized void release() {
    isHeld = false;
    var events = List.copyOf(heldBack);
    heldBack.clear();
    events.forEach(this::show);
  }

  private void show(RunEvent event) {
    erase();
    switch (event) {
      case RunEvent.Printed printed -> print(printed);
      case RunEvent.Tabled table -> print(table);
      case RunEvent.Progressed progressed -> progress(progressed);
      case RunEvent.StepStarted started when live -> begin(started.step());
      case RunEvent.Undoing _ -> {
        running.clear(); // what still ran has been given up
        terminal.err().print(text.of(event));
      }
      case RunEvent.StepUndoing step when live -> {
        undoing = true;
        begin(step.step());
      }
      case RunEvent.StepUndone undone -> {
        running.remove(undone.step());
        terminal.err().print(text.of(event));
      }
      case RunEvent.StepFinished finished -> {
        running.remove(finished.step());
        terminal.err().print(text.of(event));
      }
      case RunEvent.StepPassed passed -> {
        running.remove(passed.step());
        terminal.err().print(text.of(event));
      }
      case RunEvent.Asking _ -> {
        stop(); // whoever asks uses the terminal
        terminal.err().print(text.of(event));
      }
      case RunEvent.Finished _ -> {
        stop();
        terminal.err().print(text.of(event));
      }
      default -> terminal.err().print(text.of(event));
    }
    draw();
    terminal.err().flush();
  }

  /** Removes the living line, so that something else may use the terminal, such as a question. */
  public synchronized void pause() {
    stop();
  }

  @Override
  public synchronized void close() {
    stop();
  }

  private void print(RunEvent.Printed printed) {
    var stream = printed.error() ? terminal.err() : terminal.out();
    var screen = printed.error() ? terminal.errScreen() : terminal.outScreen();
    var safe = screen.kind() == Screen.Kind.PIPE ? printed.text() : SafeText.lines(printed.text());
    stream.print(safe.endsWith("\n") ? safe : safe + "\n");
    stream.flush();
  }

  private void print(RunEvent.Tabled table) {
    var view = new ValueView(terminal.outScreen());
    terminal.out().print(view.table(table.rows(), table.columns()));
    terminal.out().flush();
  }

  private void progress(RunEvent.Progressed state) {
    if (live) {
      bars.remove(state.label());
      if (state.isOver()) {
        terminal.err().print(text.of(state));
      } else {
        bars.putLast(state.label(), state);
        startTicker();
      }
    } else if (sparse.isWorthTelling(state, clock.nanoTime())) {
      terminal.err().print(text.of(state));
    }
  }

  private void begin(String step) {
    running.put(step, clock.nanoTime());
    startTicker();
  }

  private void startTicker() {
    if (ticker == null) {
      ticker = Thread.ofVirtual().name("progress").start(this::tick);
    }
  }

  private void stop() {
    erase();
    running.clear();
    bars.clear();
    if (ticker != null) {
      ticker.interrupt();
      ticker = null;
    }
  }

  private void tick() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        clock.sleep(TICK);
        redraw();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the run is over
    }
  }

  private synchronized void redraw() {
    if (ticker == Thread.currentThread() && !isHeld) {
      erase();
      draw();
      terminal.err().flush();
    }
  }

  private void erase() {
    if (drawn) {
      terminal.err().print(ERASE);
      drawn = false;
    }
  }

  private void draw() {
    if (running.isEmpty() && bars.isEmpty()) {
      return;
    }
    var now = clock.nanoTime();
    var newest = running.lastEntry();
    var since = Duration.ofNanos(newest == null ? 0 : now - newest.getValue());
    var screen = terminal.errScreen();
    var sign = undoing ? screen.glyphs().undone() : screen.glyphs().spinner(now / TICK.toNanos());
    var beginning = "  " + sign + (undoing ? " undoing: " : " ");
    var more = running.size() <= 1 ? "" : "  (and " + (running.size() - 1) + " more)";
    var time = since.toSeconds() < 1 ? "" : "  " + since.toSeconds() + "s";
    var room = screen.width() - 1 - TextWidth.of(beginning + more + time);
    var words = newest == null ? "" : SafeText.line(newest.getKey());
    if (!bars.isEmpty()) {
      var bar = ProgressState.of(bars.lastEntry().getValue());
      words = words.isEmpty() ? bar : words + ": " + bar;
    }
    var step = TextWidth.cut(words, room, screen.glyphs().ellipsis());
    terminal.err().print(screen.paint(Role.HINT, beginning) + step);
    terminal.err().print(screen.paint(Role.FAINT, more + time));
    drawn = true;
  }
}
