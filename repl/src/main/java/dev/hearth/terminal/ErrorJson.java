package dev.hearth.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.ErrorReport.Location;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that {@code --json} prints. Its shape is a contract: fields are added, never changed.
 */
public final class ErrorJson {
  /** The version of every JSON document that the command line prints. */
  public static final int SCHEMA = 1;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ErrorJson() {}

  /** A new document of one type: {@code {"schema":1,"type":TYPE}}. */
  public static ObjectNode document(String type) {
    return MAPPER.createObjectNode().put("schema", SCHEMA).put("type", type);
  }

  /** The document on one line. */
  public static String line(JsonNode document) {
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON tree could not be written.", e);
    }
  }

  /**
   * A report as {@code {code, kind, exitStatus, message, hint, location, details, stack, also}};
   * {@code hint} and {@code location} are {@code null} when there is none.
   */
  public static ObjectNode of(ErrorReport report) {
    var json = MAPPER.createObjectNode();
    json.put("code", report.code());
    json.put("kind", report.kind().name().toLowerCase(Locale.ROOT));
    json.put("exitStatus", report.kind().exitStatus());
    json.put("message", report.message());
    json.put("hint", report.hint());
    json.set("location", location(report.location()));
    json.set("details", details(report));
    var stack = json.putArray("stack");
    report.stack().forEach(place -> stack.add(location(place)));
    ArrayNode also = json.putArray("also");
    report.also().forEach(other -> also.add(of(other)));
    return json;
  }

  static JsonNode details(ErrorReport report) {
    return MAPPER.valueToTree(report.details());
  }

  private static @Nullable JsonNode location(@Nullable Location place) {
    if (place == null) {
      return null;
    }
    var json = MAPPER.createObjectNode();
    json.put("file", place.file()).put("line", place.line()).put("column", place.column());
    return json.put("text", place.text());
  }
}
