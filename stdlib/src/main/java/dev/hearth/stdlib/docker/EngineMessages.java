package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.http.HttpResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What an engine tells while it works: one JSON value after the other, until it closes. */
final class EngineMessages implements AutoCloseable {
  private final EngineCall call;
  private final HttpResponse response;
  private final JsonParser parser;

  private EngineMessages(EngineCall call, HttpResponse response) throws IOException {
    this.call = call;
    this.response = response;
    this.parser = Engine.MAPPER.createParser(response.body().stream());
  }

  /** Makes the call and reads what comes; the caller closes. */
  static EngineMessages of(Engine engine, EngineCall call) {
    var response = engine.stream(call);
    try {
      return new EngineMessages(call, response);
    } catch (IOException e) {
      response.close();
      throw broken(call, e);
    }
  }

  /** Blocks for the next one; null at the end. */
  @Nullable JsonNode next() {
    try {
      return parser.nextToken() == null ? null : Engine.MAPPER.readTree(parser);
    } catch (JacksonException e) {
      throw new HearthException(DockerError.BROKE_OFF, call).causedBy(e);
    } catch (IOException e) {
      throw broken(call, e);
    }
  }

  /** What a message says went wrong, without a final dot; null where it is no failure. */
  static @Nullable String failure(JsonNode message) {
    var words =
        message
            .path("errorDetail")
            .path("message")
            .asText(message.path("error").asText(""))
            .strip();
    if (words.isEmpty()) {
      return null;
    }
    return words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
  }

  private static HearthException broken(EngineCall call, IOException e) {
    var code =
        Thread.currentThread().isInterrupted() ? DockerError.INTERRUPTED : DockerError.BROKE_OFF;
    return new HearthException(code, call).causedBy(e);
  }

  @Override
  public void close() {
    response.close();
  }
}
