package dev.hearth.runtime.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A deliberate failure on its way through JavaScript and back. */
final class ErrorJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ErrorJson() {}

  static String write(HearthException e) {
    var said = new LinkedHashMap<String, Object>();
    said.put("id", e.id());
    said.put("kind", e.kind().name());
    said.put("message", e.sentence());
    said.put("hint", e.hint());
    said.put("details", e.details());
    try {
      return JSON.writeValueAsString(said);
    } catch (JsonProcessingException unwritable) {
      said.put("details", Map.of());
      return JSON.valueToTree(said).toString();
    }
  }

  static ErrorReport read(
      String json, ErrorReport.@Nullable Location location, List<ErrorReport.Location> stack) {
    try {
      JsonNode said = JSON.readTree(json);
      @SuppressWarnings("unchecked")
      Map<String, Object> details = JSON.convertValue(said.get("details"), Map.class);
      return new ErrorReport(
          said.get("id").asText(),
          ErrorKind.valueOf(said.get("kind").asText()),
          said.get("message").asText(),
          said.get("hint").asText(),
          location,
          details,
          stack,
          List.of());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An error crossed the bridge broken.", e);
    }
  }

  /** Whatever an op threw, as a deliberate failure: what is none is a bug, and is shown as one. */
  static HearthException of(Throwable thrown, String op) {
    var cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof HearthException deliberate) {
      return deliberate;
    }
    if (cause instanceof InterruptedException) {
      return new HearthException(EngineError.INTERRUPTED);
    }
    if (cause instanceof OutOfMemoryError) {
      return OutOfMemory.failure();
    }
    return new HearthException(EngineError.BUG, op)
        .with("exception", String.valueOf(cause))
        .with("at", frames(cause))
        .causedBy(cause);
  }

  private static List<String> frames(Throwable cause) {
    var frames = cause.getStackTrace();
    return Arrays.stream(frames, 0, Math.min(frames.length, 12))
        .map(StackTraceElement::toString)
        .toList();
  }
}
