package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpStream;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** What happens on an engine, and what it holds. */
final class EventOps {
  private static final Duration USUAL_PATIENCE = Duration.ofMinutes(5);

  private final Engine engine;

  EventOps(Engine engine) {
    this.engine = engine;
  }

  /**
   * Which events.
   *
   * @param since a time in ISO 8601; absent: from now on
   * @param until the same; absent: without end
   * @param filters in the API's own words
   * @param reconnect how long the engine may be away; absent: 5 minutes
   */
  record Events(
      @Nullable String since,
      @Nullable String until,
      @Nullable ObjectNode filters,
      @Nullable Duration reconnect) {}

  @Op
  OpStream<JsonNode> events(Events request) {
    var since = request.since() == null ? engineTime() : time("since", request.since());
    var until = request.until() == null ? null : time("until", request.until());
    var patience = request.reconnect() == null ? USUAL_PATIENCE : request.reconnect();
    return new EventStream(engine, since, until, request.filters(), patience);
  }

  /**
   * Now, by the engine's own clock, which events are stamped by. An engine may take its time to
   * tell; what happens meanwhile is not lost.
   */
  private Instant engineTime() {
    long asked = engine.clock().nanoTime();
    var told = engine.json(EngineCall.get("/info")).path("SystemTime").asText("");
    try {
      return OffsetDateTime.parse(told).toInstant().minusNanos(engine.clock().nanoTime() - asked);
    } catch (DateTimeParseException e) {
      throw new HearthException(DockerError.NOT_DOCKER, engine.place()).causedBy(e);
    }
  }

  private static Instant time(String name, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new HearthException(
              DockerError.PARAMETER,
              name,
              "`" + VisibleText.of(text) + "` is no time like `2026-11-26T14:00:00Z`")
          .causedBy(e);
    }
  }

  /** What takes how much room. */
  @Op
  JsonNode diskUsage() {
    return engine.whenDone(EngineCall.get("/system/df"));
  }

  private String system() {
    return engine.json(EngineCall.get("/version")).path("Os").asText();
  }

  /** That an engine answers, and in which version of the API it is spoken to. */
  record Pong(String api, String builder, String os) {}

  @Op
  Pong ping() {
    try (var response = engine.stream(EngineCall.get("/_ping"))) {
      var headers = response.headers();
      return new Pong(
          engine.version().toString(),
          headers.first("Builder-Version").orElse(""),
          headers.first("OSType").orElseGet(this::system));
    }
  }
}
