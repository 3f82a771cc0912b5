package dev.hearth.terminal;

import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.Timing;
import dev.hearth.terminal.Table.Column;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Where the time of a run went, for people: the phases, and what took longest in them. */
final class TimingText {
  private static final int MOST_ROWS = 20;

  private final Screen screen;

  TimingText(Screen screen) {
    this.screen = screen;
  }

  String of(Timing timing) {
    var text = new StringBuilder(heading("timing"));
    var total = timing.total();
    var phases = new Table(List.of(Column.left("phase"), Column.right("time"), Column.right("%")));
    phase(phases, "start", timing.start(), total);
    phase(phases, "preparation", timing.preparation(), total);
    phase(phases, "engine", timing.engine(), total);
    phase(phases, "loading modules", timing.loading(), total);
    phase(phases, "JavaScript", timing.javascript(), total);
    phase(phases, "waiting", timing.waiting(), total);
    phase(phases, "all", total, total);
    phase(phases, "garbage, within these", timing.collecting(), total);
    text.append(indented(phases.text(screen)));
    tallies(text, "modules read", timing.modules());
    tallies(text, "steps", timing.steps());
    tallies(text, "operations", timing.operations());
    tallies(text, "contacts", timing.contacts());
    waits(text, timing.waits());
    return text.toString();
  }

  private static void phase(Table table, String name, Duration took, Duration total) {
    var share = total.isZero() ? 0 : Math.round(100.0 * took.toNanos() / total.toNanos());
    table.row(name, time(took), String.valueOf(share));
  }

  private void tallies(StringBuilder text, String heading, List<Timing.Tally> tallies) {
    if (tallies.isEmpty()) {
      return;
    }
    text.append(heading(heading));
    var table =
        new Table(
            List.of(
                Column.left("name"),
                Column.right("count"),
                Column.right("failed"),
                Column.right("total"),
                Column.right("longest"),
                Column.right("bytes")));
    tallies.stream().limit(MOST_ROWS).forEach(tally -> row(table, tally));
    text.append(indented(table.text(screen)));
    if (tallies.size() > MOST_ROWS) {
      var rest = Measures.count(tallies.size() - MOST_ROWS, "more");
      text.append(screen.paint(Role.FAINT, "    and " + rest.replace("mores", "more")))
          .append('\n');
    }
  }

  private static void row(Table table, Timing.Tally tally) {
    table.row(
        tally.name(),
        String.valueOf(tally.count()),
        tally.failed() == 0 ? "" : String.valueOf(tally.failed()),
        time(tally.total()),
        time(tally.longest()),
        tally.bytes() == 0 ? "" : Measures.bytes(tally.bytes()));
  }

  private void waits(StringBuilder text, List<Timing.Waited> waits) {
    if (waits.isEmpty()) {
      return;
    }
    text.append(heading("waited for limits"));
    var table =
        new Table(
            List.of(
                Column.left("for"),
                Column.left("setting"),
                Column.right("count"),
                Column.right("total")));
    for (var wait : waits) {
      var setting = wait.setting().isEmpty() ? "learnt" : wait.setting();
      table.row(wait.what(), setting, String.valueOf(wait.count()), time(wait.total()));
    }
    text.append(indented(table.text(screen)));
  }

  /** Below a second in tenths of milliseconds, since a fast operation takes less than one. */
  private static String time(Duration duration) {
    return duration.toMillis() < 100
        ? String.format(Locale.ROOT, "%.1fms", duration.toNanos() / 1e6)
        : DurationText.format(duration);
  }

  private String heading(String text) {
    return "  " + screen.paint(Role.STRONG, text) + "\n";
  }

  private static String indented(String text) {
    return "    " + text.stripTrailing().replace("\n", "\n    ") + "\n";
  }
}
