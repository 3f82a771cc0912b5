package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.Crossing;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.Timing;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.secret.Redaction;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.OpContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a run tells its listener and writes into its log: one event at a time, with the values of
 * secrets masked. Safe for several threads.
 */
final class RunVoice implements Consumer<RunEvent> {
  private static final String NO_FIELDS = "{}"; // most lines have none, and then need no parser

  private final Consumer<RunEvent> listener;
  private final Redaction redaction;
  private final Clock clock;
  private final Optional<Journal> journal;
  private final HearthLog log;
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * The voice of one run or session.
   *
   * @param journal what is logged is also written here; empty where nothing is kept
   * @param log is told how Hearth itself failed
   */
  RunVoice(
      Consumer<RunEvent> listener,
      Redaction redaction,
      Clock clock,
      Optional<Journal> journal,
      HearthLog log) {
    this.log = log;
    this.journal = journal;
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

  /** From now on this secret is masked, here and in the journal. */
  void redact(Secret secret) {
    redaction.add(secret);
  }

  Optional<String> failed(String where, Throwable bug) {
    return log.failed(where, bug);
  }

  void uncaught(ErrorReport error) {
    accept(new RunEvent.Uncaught(clock.now(), error));
  }

  void printed(boolean error, String text) {
    accept(new RunEvent.Printed(clock.now(), error, text));
  }

  /** A line that the recipe logged: the level in small letters, the fields a JSON object. */
  void logged(String level, String source, String message, String fieldsJson) {
    var fields = new LinkedHashMap<String, JsonNode>();
    if (!fieldsJson.equals(NO_FIELDS)) {
      JournalFormat.tree(fieldsJson)
          .properties()
          .forEach(field -> fields.put(field.getKey(), field.getValue()));
    }
    logged(RunEvent.Logged.Level.valueOf(level.toUpperCase(Locale.ROOT)), source, message, fields);
  }

  /** The log that bindings write to. */
  OpContext.Log log() {
    return (level, message, fields) ->
        logged(RunEvent.Logged.Level.valueOf(level.name()), "hearth", message, tree(fields));
  }

  private void logged(
      RunEvent.Logged.Level level, String source, String message, Map<String, JsonNode> fields) {
    journal.ifPresent(it -> it.log(level, source, message, fields));
    accept(new RunEvent.Logged(clock.now(), level, source, message, fields));
  }

  private static Map<String, JsonNode> tree(Map<String, ?> fields) {
    var all = new LinkedHashMap<String, JsonNode>();
    fields.forEach((name, value) -> all.put(name, Json.MAPPER.valueToTree(value)));
    return all;
  }

  private RunEvent masked(RunEvent event) {
    return switch (event) {
      case RunEvent.Logged e ->
          new RunEvent.Logged(
              e.time(),
              e.level(),
              masked(e.source()),
              masked(e.message()),
              redaction.mask(e.fields()));
      case RunEvent.Printed e -> new RunEvent.Printed(e.time(), e.error(), masked(e.text()));
      case RunEvent.Tabled e ->
          new RunEvent.Tabled(
              e.time(),
              e.columns().stream()
                  .map(it -> new RunEvent.Tabled.Column(masked(it.field()), masked(it.heading())))
                  .toList(),
              e.rows().stream().map(redaction::mask).toList());
      case RunEvent.Progressed e ->
          new RunEvent.Progressed(e.time(), masked(e.label()), e.done(), e.total(), e.isOver());
      case RunEvent.StepStarted e -> new RunEvent.StepStarted(e.time(), masked(e.step()));
      case RunEvent.Uncaught e -> new RunEvent.Uncaught(e.time(), redaction.mask(e.error()));
      case RunEvent.StepFinished e ->
          new RunEvent.StepFinished(e.time(), masked(e.step()), e.duration(), masked(e.error()));
      case RunEvent.StepPassed e -> new RunEvent.StepPassed(e.time(), masked(e.step()), e.how());
      case RunEvent.Asking e -> new RunEvent.Asking(e.time(), redaction.mask(e.error()));
      case RunEvent.Undoing e -> new RunEvent.Undoing(e.time(), masked(e.error()));
      case RunEvent.StepUndoing e -> new RunEvent.StepUndoing(e.time(), masked(e.step()));
      case RunEvent.StepUndone e ->
          new RunEvent.StepUndone(e.time(), masked(e.step()), masked(e.error()));
      case RunEvent.Audited e ->
          new RunEvent.Audited(e.time(), masked(e.permission()), e.granted());
      case RunEvent.Crossed e -> new RunEvent.Crossed(e.time(), masked(e.crossing()));
      case RunEvent.Timed e -> new RunEvent.Timed(e.time(), masked(e.timing()));
      // What these hold was masked when it was settled, or is named by the user's own files.
      case RunEvent.Started _, RunEvent.Inspectable _, RunEvent.TakenUp _, RunEvent.Finished _ ->
          event;
    };
  }

  private Crossing masked(Crossing crossing) {
    return new Crossing(
        masked(crossing.principal()),
        masked(crossing.permission()),
        masked(crossing.resolved()),
        crossing.outcome(),
        crossing.code(),
        crossing.duration(),
        crossing.received(),
        crossing.sent());
  }

  /** Names of steps are masked already. */
  private Timing masked(Timing timing) {
    return new Timing(
        timing.start(),
        timing.preparation(),
        timing.engine(),
        timing.loading(),
        timing.javascript(),
        timing.waiting(),
        timing.collecting(),
        masked(timing.modules()),
        timing.steps(),
        timing.operations(),
        masked(timing.contacts()),
        timing.waits().stream()
            .map(it -> new Timing.Waited(masked(it.what()), it.setting(), it.count(), it.total()))
            .toList());
  }

  private List<Timing.Tally> masked(List<Timing.Tally> tallies) {
    return tallies.stream()
        .map(
            it ->
                new Timing.Tally(
                    masked(it.name()),
                    it.count(),
                    it.failed(),
                    it.total(),
                    it.longest(),
                    it.bytes()))
        .toList();
  }

  String masked(String text) {
    return redaction.mask(text);
  }

  JsonNode masked(JsonNode value) {
    return redaction.mask(value);
  }

  @Nullable ErrorReport masked(@Nullable ErrorReport error) {
    return error == null ? null : redaction.mask(error);
  }

  /** Loaded with the first field. */
  private static final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();
  }
}
