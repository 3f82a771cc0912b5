package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.OpStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happens on an engine, as it tells it. Where the engine goes away, as at a restart, it is
 * asked again from what was heard last, so that nothing is lost and nothing comes twice.
 */
final class EventStream implements OpStream<JsonNode> {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

  /** More than an engine itself remembers. */
  private static final int REMEMBERED = 2048;

  private final Engine engine;
  private final Instant since;
  private final @Nullable Instant until;
  private final @Nullable ObjectNode filters;
  private final Duration patience;
  private final Set<String> heard =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });
  private long lastSecond;
  private @Nullable EngineMessages messages;

  /**
   * Begins to listen.
   *
   * @param since by the engine's clock
   * @param until null for as long as somebody listens
   * @param patience how long an engine may be away
   */
  EventStream(
      Engine engine,
      Instant since,
      @Nullable Instant until,
      @Nullable ObjectNode filters,
      Duration patience) {
    this.engine = engine;
    this.since = since;
    this.until = until;
    this.filters = filters;
    this.patience = patience;
    this.lastSecond = since.getEpochSecond();
    this.messages = open();
  }

  private EngineMessages open() {
    return EngineMessages.of(
        engine,
        EngineCall.get("/events")
            .query("since", lastSecond)
            .query("until", until == null ? null : until.getEpochSecond())
            .query("filters", filters));
  }

  @Override
  public @Nullable JsonNode next() throws InterruptedException {
    while (true) {
      var message = read();
      if (message == null) {
        if (isOver()) {
          return null;
        }
        reconnect();
      } else if (isNew(message)) {
        return message;
      }
    }
  }

  /** The next one; null where the engine says no more. */
  private @Nullable JsonNode read() {
    var open = messages;
    try {
      return open == null ? null : open.next();
    } catch (HearthException e) {
      if (e.code() != DockerError.BROKE_OFF) {
        throw e;
      }
      return null;
    }
  }

  private boolean isOver() {
    return until != null && !engine.clock().now().isBefore(until.minusSeconds(1));
  }

  private boolean isNew(JsonNode event) {
    long nanos = event.path("timeNano").asLong();
    lastSecond = Math.max(lastSecond, nanos / 1_000_000_000L);
    var key =
        nanos
            + " "
            + event.path("Type").asText()
            + " "
            + event.path("Action").asText()
            + " "
            + event.path("Actor").path("ID").asText()
            + event.path("Actor").path("Attributes");
    long sinceNanos = since.getEpochSecond() * 1_000_000_000L + since.getNano();
    return nanos >= sinceNanos && heard.add(key);
  }

  private void reconnect() throws InterruptedException {
    close();
    long begun = engine.clock().nanoTime();
    engine
        .log()
        .write(
            OpContext.Log.Level.DEBUG,
            "the engine went away; its events are asked for again",
            Map.of("engine", engine.place()));
    for (var pause = FIRST_PAUSE; ; pause = longer(pause)) {
      engine.clock().sleep(pause);
      try {
        messages = open();
        return;
      } catch (HearthException e) {
        if (e.kind() != dev.hearth.runtime.ErrorKind.SYSTEM
            || engine.clock().nanoTime() - begun > patience.toNanos()) {
          throw e;
        }
      }
    }
  }

  private static Duration longer(Duration pause) {
    var twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  @Override
  public void close() {
    var open = messages;
    messages = null;
    if (open != null) {
      open.close();
    }
  }
}
