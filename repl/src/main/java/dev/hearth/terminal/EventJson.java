package dev.hearth.terminal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.report.ErrorJson;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run as JSON lines: {@code {schema, type, time, run, …}}, one of {@link RunEvent#types}
 * each. The last line has type {@code finished} and carries the result.
 */
public final class EventJson implements Consumer<RunEvent> {
  private final PrintStream out;
  private final Verbosity verbosity;
  private @Nullable String run;

  public EventJson(PrintStream out) {
    this(out, Verbosity.NORMAL);
  }

  /**
   * @param verbosity whether that all goes well is written, too; else only warnings, errors, what
   *     the recipe prints, and the end
   */
  public EventJson(PrintStream out, Verbosity verbosity) {
    this.out = out;
    this.verbosity = verbosity;
  }

  /** For events of a run that began before. */
  public EventJson(PrintStream out, String run) {
    this(out);
    this.run = run;
  }

  /** From now on events are those of this run. */
  public void name(String id) {
    run = id;
  }

  @Override
  public void accept(RunEvent event) {
    if (event instanceof RunEvent.Started started) {
      run = started.run();
    }
    if (verbosity == Verbosity.QUIET && goesWell(event)) {
      return;
    }
    out.println(JsonDocument.line(json(event)));
    out.flush();
  }

  private static boolean goesWell(RunEvent event) {
    return switch (event) {
      case RunEvent.Started _, RunEvent.TakenUp _, RunEvent.Audited _, RunEvent.Progressed _ ->
          true;
      case RunEvent.StepPassed _, RunEvent.StepStarted _, RunEvent.StepUndoing _ -> true;
      case RunEvent.StepFinished step -> step.error() == null;
      case RunEvent.StepUndone step -> step.error() == null;
      case RunEvent.Logged logged -> logged.level().compareTo(RunEvent.Logged.Level.WARN) < 0;
      default -> false;
    };
  }

  private ObjectNode json(RunEvent event) {
    return switch (event) {
      case RunEvent.Started e ->
          start("started", e.time()).put("recipe", e.recipe()).put("simulated", e.simulated());
      case RunEvent.TakenUp e ->
          start("taken-up", e.time()).put("what", e.undoes() ? "undo" : "resume");
      case RunEvent.StepPassed e ->
          start("step-passed", e.time())
              .put("step", e.step())
              .put("how", e.how().name().toLowerCase(Locale.ROOT));
      case RunEvent.Asking e -> withError(start("asking", e.time()), e.error());
      case RunEvent.Logged e -> logged(e);
      case RunEvent.Printed e ->
          start("printed", e.time())
              .put("stream", e.error() ? "stderr" : "stdout")
              .put("text", e.text());
      case RunEvent.Tabled e -> tabled(e);
      case RunEvent.Progressed e -> progressed(e);
      case RunEvent.Uncaught e -> withError(start("uncaught", e.time()), e.error());
      case RunEvent.StepStarted e -> start("step-started", e.time()).put("step", e.step());
      case RunEvent.StepFinished e ->
          withError(
              start("step-finished", e.time())
                  .put("step", e.step())
                  .put("durationMillis", e.duration().toMillis()),
              e.error());
      case RunEvent.Undoing e -> withError(start("undoing", e.time()), e.error());
      case RunEvent.StepUndoing e -> start("step-undoing", e.time()).put("step", e.step());
      case RunEvent.StepUndone e ->
          withError(start("step-undone", e.time()).put("step", e.step()), e.error());
      case RunEvent.Audited e ->
          start("audited", e.time()).put("permission", e.permission()).put("granted", e.granted());
      case RunEvent.Inspectable e ->
          start("inspectable", e.time()).put("url", e.url()).put("waits", e.waits());
      case RunEvent.Crossed e -> crossed(e);
      case RunEvent.Timed e -> TimingJson.addTo(start("timed", e.time()), e.timing());
      case RunEvent.Finished e -> finished(e.time(), e.result());
    };
  }

  private ObjectNode start(String type, Instant time) {
    return JsonDocument.of(type).put("time", time.toString()).put("run", run);
  }

  private ObjectNode tabled(RunEvent.Tabled event) {
    var json = start("tabled", event.time());
    var columns = json.putArray("columns");
    for (var column : event.columns()) {
      columns.addObject().put("field", column.field()).put("heading", column.heading());
    }
    event.rows().forEach(json.putArray("rows")::add);
    return json;
  }

  private ObjectNode progressed(RunEvent.Progressed event) {
    var json =
        start("progressed", event.time()).put("label", event.label()).put("done", event.done());
    event.total().ifPresent(total -> json.put("total", total));
    return json.put("isOver", event.isOver());
  }

  private ObjectNode logged(RunEvent.Logged event) {
    var json =
        start("logged", event.time())
            .put("level", event.level().name().toLowerCase(Locale.ROOT))
            .put("source", event.source())
            .put("message", event.message());
    event.fields().forEach(json.putObject("fields")::set);
    return json;
  }

  private ObjectNode crossed(RunEvent.Crossed event) {
    var crossing = event.crossing();
    var json =
        start("crossed", event.time())
            .put("principal", crossing.principal())
            .put("permission", crossing.permission());
    if (!crossing.resolved().isEmpty()) {
      json.put("resolved", crossing.resolved());
    }
    json.put("outcome", crossing.outcome().name().toLowerCase(Locale.ROOT));
    if (!crossing.code().isEmpty()) {
      json.put("code", crossing.code());
    }
    return json.put("durationMillis", TimingJson.millis(crossing.duration()))
        .put("receivedBytes", crossing.received())
        .put("sentBytes", crossing.sent());
  }

  private ObjectNode finished(Instant time, RunResult result) {
    var json =
        start("finished", time)
            .put("status", result.status().name().toLowerCase(Locale.ROOT))
            .put("exitStatus", result.exitStatus())
            .put("durationMillis", result.duration().toMillis());
    json.set("value", result.value());
    return withError(json, result.error());
  }

  private static ObjectNode withError(ObjectNode json, @Nullable ErrorReport error) {
    return json.set("error", error == null ? null : ErrorJson.of(error));
  }
}
