package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.spi.OpStream;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a container uses, about once a second, as long as it is asked for. */
final class StatsStream implements OpStream<ContainerStats> {
  private static final Duration SHORTEST = Duration.ofMillis(200);

  private final Engine engine;
  private final String name;
  private @Nullable HttpResponse response;
  private @Nullable MappingIterator<JsonNode> samples;

  StatsStream(Engine engine, String name) {
    this.engine = engine;
    this.name = name;
  }

  @Override
  public @Nullable ContainerStats next() {
    try {
      var all = samples == null ? open() : samples;
      while (all.hasNextValue()) {
        var sample = all.nextValue();
        if (sample.path("read").asText("").startsWith("0001-")) {
          return null; // it does not run: Docker goes on with samples of nothing, for ever
        }
        // The first of a stream has none before it, or one of just before: that says nothing.
        if (ContainerStats.between(sample).compareTo(SHORTEST) > 0) {
          return ContainerStats.of(sample);
        }
      }
      return null;
    } catch (IOException e) {
      throw Thread.currentThread().isInterrupted()
          ? new HearthException(DockerError.INTERRUPTED, "stats of " + name).causedBy(e)
          : new HearthException(DockerError.BROKE_OFF, "stats of " + name).causedBy(e);
    }
  }

  private MappingIterator<JsonNode> open() throws IOException {
    var opened =
        engine.stream(
            EngineCall.get("/containers/{}/stats", name)
                .query("stream", true)
                .about(DockerError.CONTAINER_NOT_FOUND, name));
    response = opened;
    var all = Engine.MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(opened.body().stream());
    samples = all;
    return all;
  }

  @Override
  public void close() {
    var open = response;
    if (open != null) {
      open.close();
    }
  }
}
