package dev.hearth.cli;

import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.report.ErrorRenderer;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.run.RunDetails;
import dev.hearth.runtime.run.RunState;
import dev.hearth.runtime.run.RunSummary;
import dev.hearth.terminal.Measures;
import dev.hearth.terminal.NextCommand;
import dev.hearth.terminal.Role;
import dev.hearth.terminal.Screen;
import dev.hearth.terminal.ValueView;
import java.nio.file.Path;

/** One run, told to a person: what it was, its steps, its log, how it ended. */
final class RunPage {
  private final StringBuilder text = new StringBuilder();
  private final Screen screen;
  private final ErrorRenderer errors;

  RunPage(Screen screen, ErrorRenderer.Detail detail) {
    this.screen = screen;
    this.errors = new ErrorRenderer(screen, detail);
  }

  /** A path as one would type it here. */
  static String shortPath(String path) {
    var here = Path.of("").toAbsolutePath();
    return !path.isEmpty() && Path.of(path).startsWith(here)
        ? here.relativize(Path.of(path)).toString()
        : path;
  }

  String of(RunDetails details) {
    head(details);
    if (!details.steps().isEmpty()) {
      heading("Steps");
      details.steps().forEach(this::step);
    }
    if (!details.log().isEmpty()) {
      heading("Log");
      details.log().forEach(this::logLine);
    }
    if (details.value() != null) {
      heading("Result");
      text.append(indented(new ValueView(screen).text(details.value())));
    }
    if (details.error() != null) {
      text.append('\n').append(errors.text(details.error()));
    }
    for (var problem : details.problems()) {
      text.append('\n').append(screen.paint(Role.WARNING, "warning:"));
      text.append(' ').append(SafeText.line(problem)).append('\n');
    }
    next(details);
    return text.toString();
  }

  /** What to type when something is left half-way. */
  private void next(RunDetails details) {
    var run = details.summary();
    if (run.state() == RunState.STOPPED || run.state() == RunState.CRASHED) {
      var kept =
          details.start() != null
              && details.start().simulatedWorld().isPresent()
              && run.state() == RunState.STOPPED;
      var commands = NextCommand.after(run.run(), true, run.simulated() && !kept);
      if (commands.size() > 1) {
        text.append("\nnext: ").append(String.join(", or ", commands)).append('\n');
      }
    }
  }

  private void head(RunDetails details) {
    var run = details.summary();
    text.append(screen.paint(Role.STRONG, SafeText.line(shortPath(run.recipe()))));
    text.append("  ").append(state(run));
    text.append(run.simulated() ? screen.paint(Role.WARNING, "  simulated") : "").append('\n');
    fact("run", run.run());
    fact("started", Measures.time(run.started()));
    if (run.took() != null) {
      fact("took", DurationText.format(run.took()));
    }
    for (var used : details.connections()) {
      fact("used", used.binding() + " " + used.name() + " (" + used.origin() + ")");
    }
    fact("journal", details.journal());
    if (details.start() != null && !details.start().parameters().isEmpty()) {
      heading("Parameters");
      text.append(indented(new ValueView(screen).tree(details.start().parameters())));
    }
  }

  private String state(RunSummary run) {
    var status = run.exitStatus() == null ? "" : ", exit status " + run.exitStatus();
    var role =
        switch (run.state()) {
          case DONE -> Role.GOOD;
          case UNDONE -> Role.WARNING;
          case RUNNING -> Role.HINT;
          case FAILED, STOPPED, CRASHED, UNREADABLE -> Role.ERROR;
        };
    var shown = run.state() == RunState.DONE ? "" : status;
    return screen.paint(role, RunJson.word(run.state()) + shown);
  }

  private void fact(String name, String value) {
    text.append("  ").append(screen.paint(Role.FAINT, name + " ".repeat(9 - name.length())));
    text.append(SafeText.line(value)).append('\n');
  }

  private void heading(String heading) {
    text.append('\n').append(screen.paint(Role.STRONG, heading + ":")).append('\n');
  }

  private void step(RunDetails.Step step) {
    var glyphs = screen.glyphs();
    var mark =
        switch (step.state()) {
          case FINISHED -> screen.paint(Role.GOOD, glyphs.tick());
          case FAILED, UNRECORDED -> screen.paint(Role.ERROR, glyphs.cross());
          case UNDONE -> screen.paint(Role.WARNING, glyphs.undone());
          case OPEN, UNDOING -> screen.paint(Role.WARNING, "?");
        };
    text.append("  ").append(mark).append(' ').append(SafeText.line(step.name()));
    if (step.duration() != null) {
      text.append(screen.paint(Role.FAINT, "  " + DurationText.format(step.duration())));
    }
    text.append(
        switch (step.state()) {
          case OPEN -> "  began, and no end is recorded";
          case UNRECORDED -> "  did its work, and its result is not recorded";
          case UNDOING -> "  its undo began, and no end of that is recorded";
          case UNDONE -> "  undone";
          case FINISHED, FAILED -> "";
        });
    text.append('\n');
    if (step.undoError() != null) {
      text.append(indented(indented(errors.text(step.undoError()))));
    }
  }

  private void logLine(RunDetails.LogLine line) {
    var role =
        switch (line.level()) {
          case "warn" -> Role.WARNING;
          case "error" -> Role.ERROR;
          default -> Role.FAINT;
        };
    var time = Measures.time(line.time()).substring(11);
    text.append("  ").append(screen.paint(Role.FAINT, time)).append("  ");
    text.append(
        screen.paint(role, line.level() + " ".repeat(Math.max(0, 5 - line.level().length()))));
    text.append("  ").append(SafeText.line(line.message())).append('\n');
  }

  private static String indented(String lines) {
    return "  " + lines.stripTrailing().replace("\n", "\n  ") + "\n";
  }
}
