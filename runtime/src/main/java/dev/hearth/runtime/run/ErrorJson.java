package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An {@link ErrorReport} as JSON and back. Written by hand: mapping by reflection would cost every
 * start some tens of milliseconds, and this form must stay readable for years.
 */
final class ErrorJson {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private ErrorJson() {}

  /** The report with all it holds; parts that are absent are left out. */
  static ObjectNode write(ErrorReport error) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("code", error.code());
    json.put("kind", error.kind().name().toLowerCase(Locale.ROOT));
    json.put("message", error.message());
    if (error.hint() != null) {
      json.put("hint", error.hint());
    }
    if (error.location() != null) {
      json.set("location", write(error.location()));
    }
    if (!error.details().isEmpty()) {
      var details = json.putObject("details");
      error.details().forEach((name, value) -> details.set(name, detail(value)));
    }
    if (!error.stack().isEmpty()) {
      var stack = json.putArray("stack");
      error.stack().forEach(place -> stack.add(write(place)));
    }
    if (!error.also().isEmpty()) {
      var also = json.putArray("also");
      error.also().forEach(further -> also.add(write(further)));
    }
    return json;
  }

  private static ObjectNode write(ErrorReport.Location place) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("file", place.file()).put("line", place.line()).put("column", place.column());
    if (place.text() != null) {
      json.put("text", place.text());
    }
    return json;
  }

  private static JsonNode detail(@Nullable Object value) {
    try {
      return MAPPER.valueToTree(value);
    } catch (IllegalArgumentException e) { // no JSON form, such as an Instant: its text says enough
      return JsonNodeFactory.instance.textNode(String.valueOf(value));
    }
  }

  /**
   * The report that was written, also by a newer Hearth: what is unknown or missing is left out.
   */
  static ErrorReport read(JsonNode json) {
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
    var details = new LinkedHashMap<String, Object>();
    json.properties().forEach(field -> details.put(field.getKey(), field.getValue()));
    return details;
  }

  private static <T> List<T> each(JsonNode json, java.util.function.Function<JsonNode, T> read) {
    var all = new ArrayList<T>();
    if (json instanceof ArrayNode array) {
      array.forEach(item -> all.add(read.apply(item)));
    }
    return all;
  }
}
