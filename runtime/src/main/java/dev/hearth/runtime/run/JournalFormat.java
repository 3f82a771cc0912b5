package dev.hearth.runtime.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.TakeUp;
import dev.hearth.runtime.engine.StepEffect;
import dev.hearth.runtime.report.ErrorJson;
import dev.hearth.runtime.storage.JsonText;
import dev.hearth.runtime.storage.ProcessMark;
import dev.hearth.runtime.storage.TornLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A journal's lines: one JSON object each, with {@code v}, {@code type} and {@code time} first.
 *
 * <p>New fields and new types may come without a new {@code v}; readers leave out what they do not
 * know. A new {@code v} means that a line may not be understood by an older Hearth at all.
 */
final class JournalFormat {
  static final int VERSION = 1;

  private JournalFormat() {}

  /** The line, with its end. */
  static byte[] line(JsonNode json) {
    return (JsonText.escaped(JsonText.of(json), JournalFormat::isHalf) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** JavaScript's texts may hold halves of characters, which have no UTF-8. */
  private static boolean isHalf(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  static ObjectNode write(JournalEntry entry) {
    return switch (entry) {
      case JournalEntry.Started e -> writeStarted(e);
      case JournalEntry.ConnectionOpened e ->
          head(e, "connection-opened")
              .put("binding", e.binding())
              .put("name", e.name())
              .put("origin", e.origin());
      case JournalEntry.Imported e ->
          head(e, "imported").put("file", e.file()).put("sha256", e.sha256());
      case JournalEntry.StepStarted e ->
          putIf(
              head(e, "step-started").put("step", e.step()).put("effect", lower(e.effect())),
              "findable",
              e.findable());
      case JournalEntry.StepFinished e -> {
        var json =
            head(e, "step-finished").put("step", e.step()).put("duration", e.duration().toString());
        setIfPresent(json, "result", e.result());
        setIfPresent(json, "handles", e.handles());
        putIf(json, "masked", e.masked());
        if (e.sealed() != null) {
          json.put("sealed", e.sealed());
        }
        yield e.how() == JournalEntry.Ending.RETURNED ? json : json.put("how", lower(e.how()));
      }
      case JournalEntry.StepFailed e ->
          putIf(
              withError(
                  head(e, "step-failed")
                      .put("step", e.step())
                      .put("duration", e.duration().toString()),
                  e.error()),
              "unrecorded",
              e.unrecorded());
      case JournalEntry.TakenUp e ->
          withProcess(
              head(e, "taken-up").put("what", lower(e.what())).put("hearth", e.hearth()),
              e.process());
      case JournalEntry.StepUndoing e -> head(e, "step-undoing").put("step", e.step());
      case JournalEntry.StepUndone e ->
          withError(head(e, "step-undone").put("step", e.step()), e.error());
      case JournalEntry.Logged e -> {
        var json =
            head(e, "log")
                .put("level", lower(e.level()))
                .put("source", e.source())
                .put("message", e.message());
        e.fields().forEach(json.putObject("fields")::set);
        yield json;
      }
      case JournalEntry.Finished e -> {
        var json =
            head(e, "finished")
                .put("status", lower(e.status()))
                .put("exitStatus", e.exitStatus())
                .put("duration", e.duration().toString())
                .put("logLinesDropped", e.logLinesDropped());
        setIfPresent(json, "value", e.value());
        putIf(json, "undone", e.undone());
        yield withError(json, e.error());
      }
      case JournalEntry.Unknown e ->
          throw new IllegalArgumentException("`" + e.type() + "` is not ours to write.");
    };
  }

  private static ObjectNode head(JournalEntry entry, String type) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("v", VERSION)
        .put("type", type)
        .put("time", entry.time().toString());
  }

  private static ObjectNode writeStarted(JournalEntry.Started e) {
    var start = e.start();
    var json =
        head(e, "run-started")
            .put("run", e.run())
            .put("recipe", start.recipe())
            .put("recipeHash", start.recipeHash())
            .put("folder", start.folder())
            .put("hearth", start.hearth());
    json.set("parameters", start.parameters());
    start.secretParameters().stream().sorted().forEach(json.putArray("secretParameters")::add);
    start.connections().forEach(json.putObject("connections")::put);
    start.grants().forEach(json.putArray("grants")::add);
    json.put("simulated", start.simulated());
    start.simulatedWorld().ifPresent(world -> json.put("simulatedWorld", world));
    start.onError().ifPresent(choice -> json.put("onError", lower(choice)));
    if (!start.sealedParameters().isEmpty()) {
      new TreeMap<>(start.sealedParameters()).forEach(json.putObject("sealedParameters")::put);
    }
    return withProcess(json, e.process());
  }

  private static ObjectNode withProcess(ObjectNode json, ProcessMark process) {
    json.putObject("process").put("pid", process.pid()).put("start", process.start());
    return json;
  }

  private static ObjectNode putIf(ObjectNode json, String name, boolean holds) {
    return holds ? json.put(name, true) : json;
  }

  private static void setIfPresent(ObjectNode json, String name, @Nullable JsonNode value) {
    if (value != null) {
      json.set(name, value);
    }
  }

  private static ObjectNode withError(ObjectNode json, @Nullable ErrorReport error) {
    setIfPresent(json, "error", error == null ? null : ErrorJson.of(error));
    return json;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** A line that is no entry. */
  static final class NotAnEntry extends Exception {
    NotAnEntry(String why) {
      super(why);
    }
  }

  /** Text that the bridge wrote. */
  static JsonNode tree(String json) {
    try {
      return Reading.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The bridge wrote JSON that does not parse.", e);
    }
  }

  static JournalEntry read(byte[] line) throws NotAnEntry {
    JsonNode json;
    try {
      json = Reading.MAPPER.readTree(line);
    } catch (IOException e) {
      throw new NotAnEntry("is damaged");
    }
    if (json == null || !json.isObject() || !json.path("type").isTextual()) {
      throw new NotAnEntry("is no journal entry");
    }
    if (json.path("v").asInt() > VERSION) {
      throw new NotAnEntry("was written by a newer Hearth, in a form that this one cannot read");
    }
    try {
      return read(json);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new NotAnEntry("holds a value that makes no sense");
    }
  }

  private static JournalEntry read(JsonNode json) {
    var time = Instant.parse(json.path("time").asText());
    var step = json.path("step").asText();
    var type = json.path("type").asText();
    return switch (type) {
      case "run-started" ->
          new JournalEntry.Started(time, json.path("run").asText(), readStart(json), process(json));
      case "connection-opened" ->
          new JournalEntry.ConnectionOpened(
              time,
              json.path("binding").asText(),
              json.path("name").asText(),
              json.path("origin").asText());
      case "imported" ->
          new JournalEntry.Imported(time, json.path("file").asText(), json.path("sha256").asText());
      case "step-started" ->
          new JournalEntry.StepStarted(
              time, step, effect(json.path("effect")), json.path("findable").asBoolean());
      case "step-finished" ->
          new JournalEntry.StepFinished(
              time,
              step,
              duration(json),
              json.get("result"),
              json.path("handles").isArray() ? json.get("handles") : null,
              json.path("masked").asBoolean(),
              json.path("sealed").textValue(),
              json.path("how").isTextual()
                  ? constant(JournalEntry.Ending.class, json.path("how"))
                  : JournalEntry.Ending.RETURNED);
      case "step-failed" ->
          new JournalEntry.StepFailed(
              time,
              step,
              duration(json),
              ErrorJson.read(json.path("error")),
              json.path("unrecorded").asBoolean());
      case "taken-up" ->
          new JournalEntry.TakenUp(
              time,
              constant(TakeUp.class, json.path("what")),
              json.path("hearth").asText(),
              process(json));
      case "step-undoing" -> new JournalEntry.StepUndoing(time, step);
      case "step-undone" -> new JournalEntry.StepUndone(time, step, error(json));
      case "log" ->
          new JournalEntry.Logged(
              time,
              constant(RunEvent.Logged.Level.class, json.path("level")),
              json.path("source").asText(),
              json.path("message").asText(),
              map(json.path("fields"), Function.identity()));
      case "finished" ->
          new JournalEntry.Finished(
              time,
              constant(RunResult.Status.class, json.path("status")),
              json.path("exitStatus").asInt(),
              duration(json),
              json.get("value"),
              error(json),
              json.path("logLinesDropped").asLong(),
              json.path("undone").asBoolean());
      default -> new JournalEntry.Unknown(time, type, json);
    };
  }

  private static ProcessMark process(JsonNode json) {
    return new ProcessMark(json.at("/process/pid").asLong(), json.at("/process/start").asText());
  }

  /** A step that does not say so may have changed something. */
  private static StepEffect effect(JsonNode name) {
    return name.isTextual() ? constant(StepEffect.class, name) : StepEffect.LASTING;
  }

  private static RunStart readStart(JsonNode json) {
    return new RunStart(
        json.path("recipe").asText(),
        json.path("recipeHash").asText(),
        json.path("folder").asText(),
        json.path("hearth").asText(),
        json.path("parameters") instanceof ObjectNode parameters
            ? parameters
            : JsonNodeFactory.instance.objectNode(),
        new LinkedHashSet<>(texts(json.path("secretParameters"))),
        map(json.path("sealedParameters"), JsonNode::asText),
        map(json.path("connections"), JsonNode::asText),
        texts(json.path("grants")),
        json.path("simulated").asBoolean(),
        Optional.ofNullable(json.path("simulatedWorld").textValue()),
        json.path("onError").isTextual()
            ? Optional.of(constant(RunRequest.OnError.class, json.path("onError")))
            : Optional.empty());
  }

  private static Duration duration(JsonNode json) {
    return Duration.parse(json.path("duration").asText("PT0S"));
  }

  private static @Nullable ErrorReport error(JsonNode json) {
    return json.path("error").isObject() ? ErrorJson.read(json.path("error")) : null;
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }

  private static <T> Map<String, T> map(JsonNode object, Function<JsonNode, T> read) {
    var map = new LinkedHashMap<String, T>();
    object.properties().forEach(field -> map.put(field.getKey(), read.apply(field.getValue())));
    return map;
  }

  private static <E extends Enum<E>> E constant(Class<E> type, JsonNode name) {
    return Enum.valueOf(type, name.asText().toUpperCase(Locale.ROOT));
  }

  /** Loaded with the first line that is read: a run only writes. */
  private static final class Reading {
    static final ObjectMapper MAPPER =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(
                        StreamReadConstraints.builder()
                            .maxNestingDepth(JsonText.DEEPEST)
                            .maxStringLength(TornLines.LONGEST)
                            .build())
                    .build())
            .build();
  }
}
