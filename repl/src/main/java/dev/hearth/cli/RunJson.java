package dev.hearth.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.report.ErrorJson;
import dev.hearth.runtime.run.RunDetails;
import dev.hearth.runtime.run.RunStart;
import dev.hearth.runtime.run.RunSummary;
import dev.hearth.terminal.JsonDocument;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Runs as {@code --json} prints them. */
final class RunJson {
  private RunJson() {}

  /** An enum's constant as one lower-case word. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** {@code {run, recipe, state, simulated, started, ended, durationMillis, exitStatus, error}}. */
  static ObjectNode summary(RunSummary run) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("run", run.run())
        .put("recipe", run.recipe())
        .put("state", word(run.state()))
        .put("simulated", run.simulated())
        .put("started", run.started().toString())
        .put("ended", time(run.ended()))
        .put("durationMillis", run.took() == null ? null : run.took().toMillis())
        .put("exitStatus", run.exitStatus())
        .put("error", run.error());
  }

  /** The summary with {@code parameters, connections, steps, log, value, error, journal}. */
  static ObjectNode details(RunDetails details) {
    var json = JsonDocument.of("run").setAll(summary(details.summary()));
    var document = (ObjectNode) json;
    document.set("parameters", parameters(details.start()));
    var connections = document.putArray("connections");
    details
        .connections()
        .forEach(
            used ->
                connections
                    .addObject()
                    .put("binding", used.binding())
                    .put("name", used.name())
                    .put("origin", used.origin()));
    var steps = document.putArray("steps");
    details.steps().forEach(step -> steps.add(step(step)));
    var log = document.putArray("log");
    details
        .log()
        .forEach(
            line ->
                log.addObject()
                    .put("time", line.time().toString())
                    .put("level", line.level())
                    .put("source", line.source())
                    .put("message", line.message()));
    document.set("value", details.value());
    document.set("error", error(details.error()));
    document.put("journal", details.journal());
    var problems = document.putArray("problems");
    details.problems().forEach(problems::add);
    return document;
  }

  private static @Nullable ObjectNode parameters(@Nullable RunStart start) {
    return start == null ? null : start.parameters();
  }

  private static ObjectNode step(RunDetails.Step step) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", step.name())
            .put("state", word(step.state()))
            .put("effect", word(step.effect()))
            .put("started", step.started().toString())
            .put("durationMillis", step.duration() == null ? null : step.duration().toMillis());
    json.set("result", step.result());
    json.set("error", error(step.error()));
    json.set("undoError", error(step.undoError()));
    return json;
  }

  private static @Nullable ObjectNode error(@Nullable ErrorReport error) {
    return error == null ? null : ErrorJson.of(error);
  }

  private static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
