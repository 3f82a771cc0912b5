package dev.hearth.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.Crossing;
import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.report.ErrorRenderer;
import dev.hearth.runtime.report.SafeText;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a person reads about a run: each event as lines, each ended, or as nothing. */
final class EventText {
  private final Screen screen;
  private final Verbosity verbosity;
  private String recipe = "";
  private boolean isSimulated;
  private int finished;
  private int undone;
  private boolean toldWhy;

  EventText(Screen screen, Verbosity verbosity) {
    this.screen = screen;
    this.verbosity = verbosity;
  }

  /** The lines for everything but what the recipe printed and showed, which has its own stream. */
  String of(RunEvent event) {
    return switch (event) {
      case RunEvent.Started started -> unlessQuiet(started(started));
      case RunEvent.TakenUp taken -> unlessQuiet(takenUp(taken));
      case RunEvent.StepPassed step -> unlessQuiet(stepPassed(step));
      case RunEvent.Logged logged -> logged(logged);
      case RunEvent.Printed _, RunEvent.Tabled _ -> "";
      case RunEvent.Progressed progressed -> unlessQuiet(progressed(progressed));
      case RunEvent.Uncaught uncaught -> renderer().text(uncaught.error());
      case RunEvent.StepStarted started -> unlessQuiet(stepStarted(started));
      case RunEvent.StepFinished step -> stepFinished(step);
      case RunEvent.Asking asking -> why(asking.error());
      case RunEvent.Undoing undoing -> undoing.error() == null ? "" : why(undoing.error());
      case RunEvent.StepUndoing step -> unlessQuiet(stepUndoing(step));
      case RunEvent.StepUndone step -> stepUndone(step);
      case RunEvent.Audited audited -> audited(audited);
      case RunEvent.Inspectable door -> inspectable(door);
      case RunEvent.Crossed crossed -> crossed(crossed.crossing());
      case RunEvent.Timed timed -> new TimingText(screen).of(timed.timing());
      case RunEvent.Finished end -> finished(end.result());
    };
  }

  private String unlessQuiet(String text) {
    return verbosity == Verbosity.QUIET ? "" : text;
  }

  private String started(RunEvent.Started started) {
    recipe = started.recipe();
    isSimulated = started.simulated();
    var simulated = started.simulated() ? "  " + screen.paint(Role.WARNING, "simulated") : "";
    return screen.paint(Role.STRONG, screen.glyphs().pointer() + " " + line(started.recipe()))
        + simulated
        + faint("  run " + line(started.run()))
        + "\n";
  }

  private String takenUp(RunEvent.TakenUp taken) {
    finished = 0;
    toldWhy = false;
    return faint(taken.undoes() ? "  undoing what it did" : "  going on where it stopped") + "\n";
  }

  private String stepPassed(RunEvent.StepPassed step) {
    finished++;
    var how =
        switch (step.how()) {
          case RECORDED -> "done before";
          case FOUND -> "found done";
          case SKIPPED -> "skipped";
        };
    var mark = screen.paint(Role.GOOD, screen.glyphs().passed());
    return "  " + mark + " " + line(step.step()) + faint("  " + how) + "\n";
  }

  private String logged(RunEvent.Logged logged) {
    var text = SafeText.lines(logged.message()).replace("\n", "\n  ");
    var isRecipe = logged.source().isEmpty() || logged.source().equals(recipe);
    var source = isRecipe ? "" : faint(line(logged.source()) + ": ");
    var rest = source + text + faint(fields(logged.fields())) + "\n";
    return switch (logged.level()) {
      case DEBUG -> verbosity == Verbosity.VERBOSE ? faint("  debug ") + rest : "";
      case INFO -> unlessQuiet("  " + rest);
      case WARN -> "  " + screen.paint(Role.WARNING, "warning:") + " " + rest;
      case ERROR -> "  " + screen.paint(Role.ERROR, "error:") + " " + rest;
    };
  }

  private static String fields(Map<String, JsonNode> fields) {
    var text = new StringBuilder();
    fields.forEach(
        (name, value) -> {
          var shown = value.isTextual() ? value.asText() : value.toString();
          text.append("  ").append(line(name)).append('=').append(line(shown));
        });
    return text.toString();
  }

  private String progressed(RunEvent.Progressed progressed) {
    var mark =
        progressed.isOver()
            ? screen.paint(Role.GOOD, screen.glyphs().tick())
            : faint(screen.glyphs().ellipsis());
    return "  " + mark + " " + ProgressState.of(progressed) + "\n";
  }

  private String stepStarted(RunEvent.StepStarted started) {
    return faint("  " + screen.glyphs().ellipsis() + " " + line(started.step())) + "\n";
  }

  private String stepFinished(RunEvent.StepFinished step) {
    if (step.error() == null) {
      finished++;
    }
    var text = mark(step.error()) + " " + line(step.step());
    return unlessQuiet("  " + text + faint("  " + DurationText.format(step.duration())) + "\n");
  }

  private String mark(@Nullable ErrorReport error) {
    return error == null
        ? screen.paint(Role.GOOD, screen.glyphs().tick())
        : screen.paint(Role.ERROR, screen.glyphs().cross());
  }

  /** Why steps are undone is said once, before they are: that may take long. */
  private String why(ErrorReport error) {
    if (toldWhy) {
      return "";
    }
    toldWhy = true;
    return renderer().text(error);
  }

  private String stepUndoing(RunEvent.StepUndoing step) {
    return faint("  " + screen.glyphs().undone() + " undoing: " + line(step.step())) + "\n";
  }

  private String stepUndone(RunEvent.StepUndone step) {
    if (step.error() != null) {
      return "  "
          + screen.paint(Role.ERROR, screen.glyphs().cross())
          + (" undo of " + line(step.step()) + " failed\n")
          + indented(renderer().text(step.error()));
    }
    undone++;
    var text = screen.paint(Role.WARNING, screen.glyphs().undone()) + " undone: ";
    return unlessQuiet("  " + text + line(step.step()) + "\n");
  }

  private String audited(RunEvent.Audited audited) {
    if (verbosity != Verbosity.VERBOSE) {
      return "";
    }
    var verb = audited.granted() ? "  used " : "  refused ";
    return faint(verb + line(audited.permission())) + "\n";
  }

  private String inspectable(RunEvent.Inspectable door) {
    var url = line(door.url());
    var browser = "devtools://devtools/bundled/js_app.html?" + url.replace("://", "=");
    return "  debugger: "
        + url
        + ("\n  in Chrome: " + browser)
        + "\n  Who knows this address can do all that the recipe may, and read its secrets.\n"
        + (door.waits() ? "  The recipe begins when a debugger is there.\n" : "");
  }

  private String crossed(Crossing crossing) {
    var way = crossing.resolved().isEmpty() ? "" : " -> " + line(crossing.resolved());
    var outcome = crossing.outcome().name().toLowerCase(Locale.ROOT);
    var code = crossing.code().isEmpty() ? "" : " " + line(crossing.code());
    var isGood = crossing.outcome() == Crossing.Outcome.OK;
    var time = crossing.duration().isZero() ? "" : "  " + DurationText.format(crossing.duration());
    return faint("  gate  ")
        + line(crossing.permission())
        + way
        + faint("  " + line(crossing.principal()))
        + "  "
        + (isGood ? faint(outcome) : screen.paint(Role.WARNING, outcome + code))
        + faint(time + moved("in", crossing.received()) + moved("out", crossing.sent()))
        + "\n";
  }

  private static String moved(String direction, long bytes) {
    return bytes == 0 ? "" : "  " + direction + " " + Measures.bytes(bytes);
  }

  private String finished(RunResult result) {
    if (result.error() == null) {
      var how =
          result.status() == RunResult.Status.UNDONE
              ? " " + Measures.count(undone, "step") + " undone"
              : " done";
      var text = screen.paint(Role.GOOD, screen.glyphs().tick() + how);
      return unlessQuiet(text + " in " + DurationText.format(result.duration()) + "\n");
    }
    return (toldWhy ? "" : renderer().text(result.error())) + "\n" + ending(result);
  }

  private String ending(RunResult result) {
    var how =
        result.status() == RunResult.Status.STOPPED
            ? "stopped after " + Measures.count(finished, "finished step")
            : "failed";
    var after = undone > 0 ? ", " + Measures.count(undone, "step") + " undone" : "";
    return screen.paint(Role.ERROR, screen.glyphs().cross() + " " + how)
        + after
        + (" in " + DurationText.format(result.duration()))
        + ("\n  next: " + next(result) + "\n");
  }

  private String next(RunResult result) {
    var halfWay = result.status() == RunResult.Status.STOPPED;
    return NextCommand.line(line(result.run()), halfWay, isSimulated);
  }

  private ErrorRenderer renderer() {
    return new ErrorRenderer(screen, verbosity.detail());
  }

  private static String indented(String text) {
    return "    " + text.stripTrailing().replace("\n", "\n    ") + "\n";
  }

  private String faint(String text) {
    return screen.paint(Role.FAINT, text);
  }

  private static String line(String text) {
    return SafeText.line(text);
  }
}
