package dev.hearth.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.report.ErrorJson;
import dev.hearth.terminal.JsonDocument;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a test gets to see of a run: how it ended and what it did on the way. */
final class RunAnswer {
  private RunAnswer() {}

  static JsonNode of(RunResult result, Collection<RunEvent> events) {
    var status = result.status().name().toLowerCase(Locale.ROOT);
    return answer(status, result.exitStatus(), result.value(), result.error(), events);
  }

  /** Of a run that did not begin. */
  static JsonNode refused(ErrorReport error, Collection<RunEvent> events) {
    return answer("refused", error.kind().exitStatus(), null, error, events);
  }

  private static ObjectNode answer(
      String status,
      int exitStatus,
      @Nullable JsonNode value,
      @Nullable ErrorReport error,
      Collection<RunEvent> events) {
    var answer = JsonDocument.object().put("status", status).put("exitStatus", exitStatus);
    answer.set("result", value);
    answer.set("error", error == null ? null : ErrorJson.of(error));
    var steps = answer.putArray("steps");
    var undone = answer.putArray("undone");
    var log = answer.putArray("log");
    var printed = answer.putArray("printed");
    var tables = answer.putArray("tables");
    for (var event : events) {
      switch (event) {
        case RunEvent.StepFinished e ->
            steps
                .addObject()
                .put("name", e.step())
                .set("error", e.error() == null ? null : ErrorJson.of(e.error()));
        case RunEvent.StepUndone e -> undone.add(e.step());
        case RunEvent.Logged e -> log.add(line(e));
        case RunEvent.Printed e -> printed.add(e.text());
        case RunEvent.Tabled e -> e.rows().forEach(tables.addArray()::add);
        default -> {}
      }
    }
    return answer;
  }

  private static ObjectNode line(RunEvent.Logged event) {
    var line =
        JsonDocument.object()
            .put("level", event.level().name().toLowerCase(Locale.ROOT))
            .put("source", event.source())
            .put("message", event.message());
    event.fields().forEach(line.putObject("fields")::set);
    return line;
  }
}
