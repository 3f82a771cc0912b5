package dev.hearth.runtime.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An {@link ErrorReport} as JSON and back: in {@code --json}, in journals, and on its way through
 * JavaScript. Its shape is a contract: fields are added, never changed. Written by hand: mapping by
 * reflection would cost every start some tens of milliseconds.
 */
public final class ErrorJson {
  private ErrorJson() {}

  /**
   * A report as {@code {code, kind, exitStatus, message, hint, location, details, stack, also}};
   * {@code hint} and {@code location} are {@code null} when there is none.
   */
  public static ObjectNode of(ErrorReport report) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("code", report.code());
    json.put("kind", report.kind().name().toLowerCase(Locale.ROOT));
    json.put("exitStatus", report.kind().exitStatus());
    json.put("message", report.message());
    json.put("hint", report.hint());
    json.set("location", report.location() == null ? null : location(report.location()));
    json.set("details", details(report));
    var stack = json.putArray("stack");
    report.stack().forEach(place -> stack.add(location(place)));
    var also = json.putArray("also");
    report.also().forEach(other -> also.add(of(other)));
    return json;
  }

  /** What was observed, as a JSON object. */
  public static ObjectNode details(ErrorReport report) {
    var details = JsonNodeFactory.instance.objectNode();
    report.details().forEach((name, value) -> details.set(name, detail(value)));
    return details;
  }

  private static ObjectNode location(ErrorReport.Location place) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("file", place.file())
        .put("line", place.line())
        .put("column", place.column())
        .put("text", place.text());
  }

  /** One observed value; one that has no JSON form, such as an Instant, as its text. */
  public static JsonNode detail(@Nullable Object value) {
    try {
      return value instanceof JsonNode json ? json : Mapper.MAPPER.valueToTree(value);
    } catch (IllegalArgumentException e) {
      return JsonNodeFactory.instance.textNode(String.valueOf(value));
    }
  }

  /** Loaded with the first detail. */
  private static final class Mapper {
    static final ObjectMapper MAPPER = JsonMapper.builder().build();
    static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};
  }

  /**
   * The report that was written, also by a newer Hearth: what is unknown or missing is left out.
   */
  public static ErrorReport read(JsonNode json) {
    return new ErrorReport(
        json.path("code").asText("run.error-unknown"),
        kind(json.path("kind").asText()),
        json.path("message").asText(""),
        json.path("hint").textValue(),
        json.path("location").isObject() ? readPlace(json.path("location")) : null,
        readDetails(json.path("details")),
        each(json.path("stack"), ErrorJson::readPlace),
        each(json.path("also"), ErrorJson::read));
  }

  private static ErrorReport.Location readPlace(JsonNode json) {
    return new ErrorReport.Location(
        json.path("file").asText(),
        json.path("line").asInt(),
        json.path("column").asInt(),
        json.path("text").textValue());
  }

  private static ErrorKind kind(String name) {
    for (var kind : ErrorKind.values()) {
      if (kind.name().equalsIgnoreCase(name)) {
        return kind;
      }
    }
    return ErrorKind.RECIPE;
  }

  private static Map<String, Object> readDetails(JsonNode json) {
    return json.isEmpty() ? Map.of() : Mapper.MAPPER.convertValue(json, Mapper.OBJECT);
  }

  private static <T> List<T> each(JsonNode array, Function<JsonNode, T> read) {
    return array.valueStream().map(read).toList();
  }
}
