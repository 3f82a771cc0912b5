package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.secret.Redaction;
import dev.hearth.runtime.spi.OpContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a run tells its listener and writes into its log: one event at a time, with the values of
 * secrets masked. Safe for several threads.
 */
final class RunVoice implements Consumer<RunEvent> {
  private final Consumer<RunEvent> listener;
  private final Redaction redaction;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();

  RunVoice(Consumer<RunEvent> listener, Redaction redaction, Clock clock) {
    this.listener = listener;
    this.redaction = redaction;
    this.clock = clock;
  }

  @Override
  public void accept(RunEvent event) {
    lock.lock();
    try {
      listener.accept(masked(event));
    } finally {
      lock.unlock();
    }
  }

  void printed(boolean error, String text) {
    accept(new RunEvent.Printed(clock.now(), error, text));
  }

  void logged(
      Journal journal,
      RunEvent.Logged.Level level,
      String source,
      String message,
      Map<String, JsonNode> fields) {
    journal.log(level, source, message, fields);
    accept(new RunEvent.Logged(clock.now(), level, source, message, fields));
  }

  /** The log that bindings write to in a run. */
  OpContext.Log log(Journal journal) {
    return (level, message, fields) ->
        logged(
            journal, RunEvent.Logged.Level.valueOf(level.name()), "hearth", message, tree(fields));
  }

  /** The log that bindings write to where nothing is kept. */
  OpContext.Log log() {
    return (level, message, fields) ->
        accept(
            new RunEvent.Logged(
                clock.now(),
                RunEvent.Logged.Level.valueOf(level.name()),
                "hearth",
                message,
                tree(fields)));
  }

  private static Map<String, JsonNode> tree(Map<String, ?> fields) {
    var all = new LinkedHashMap<String, JsonNode>();
    fields.forEach((name, value) -> all.put(name, Json.MAPPER.valueToTree(value)));
    return all;
  }

  private RunEvent masked(RunEvent event) {
    return switch (event) {
      case RunEvent.Logged e -> {
        var fields = new LinkedHashMap<String, JsonNode>();
        e.fields().forEach((name, value) -> fields.put(name, redaction.mask(value)));
        yield new RunEvent.Logged(
            e.time(), e.level(), e.source(), redaction.mask(e.message()), fields);
      }
      case RunEvent.Printed e ->
          new RunEvent.Printed(e.time(), e.error(), redaction.mask(e.text()));
      case RunEvent.Uncaught e -> new RunEvent.Uncaught(e.time(), maskedWhole(e.error()));
      case RunEvent.StepFinished e ->
          new RunEvent.StepFinished(e.time(), e.step(), e.duration(), masked(e.error()));
      case RunEvent.StepUndone e -> new RunEvent.StepUndone(e.time(), e.step(), masked(e.error()));
      case RunEvent.Started _, RunEvent.StepStarted _, RunEvent.Audited _, RunEvent.Finished _ ->
          event;
    };
  }

  String masked(String text) {
    return redaction.mask(text);
  }

  JsonNode masked(JsonNode value) {
    return redaction.mask(value);
  }

  @Nullable ErrorReport masked(@Nullable ErrorReport error) {
    if (error == null) {
      return null;
    }
    var place = error.location();
    var shown =
        place == null || place.text() == null
            ? place
            : new ErrorReport.Location(
                place.file(), place.line(), place.column(), redaction.mask(place.text()));
    var details = new LinkedHashMap<String, Object>();
    error
        .details()
        .forEach(
            (name, value) -> details.put(name, redaction.mask(Json.MAPPER.valueToTree(value))));
    return new ErrorReport(
        error.code(),
        error.kind(),
        redaction.mask(error.message()),
        error.hint() == null ? null : redaction.mask(error.hint()),
        shown,
        details,
        error.stack(),
        error.also().stream().map(this::maskedWhole).toList());
  }

  private ErrorReport maskedWhole(ErrorReport error) {
    var masked = masked(error);
    return masked == null ? error : masked;
  }

  /** Loaded with the first field or detail. */
  private static final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();
  }
}
