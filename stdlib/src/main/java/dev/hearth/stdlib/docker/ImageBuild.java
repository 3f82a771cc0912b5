package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An image that an engine builds. */
final class ImageBuild implements EngineWork<BuildNews, ImageBuild.Built> {
  private final BuildLog log;
  private final EngineMessages messages;
  private final BuildTrace trace;
  private final Deque<BuildNews> news = new ArrayDeque<>();
  private String id = "";
  private boolean ended;

  /** What was built. */
  record Built(String id, List<String> tags) {}

  ImageBuild(Engine engine, BuildSpec spec, EngineCall call, boolean isBuildKit) {
    this.log = new BuildLog(engine, spec);
    this.trace = isBuildKit ? new BuildKitTrace() : new ClassicTrace();
    this.messages = EngineMessages.of(engine, call);
  }

  @Override
  public @Nullable BuildNews next() {
    while (news.isEmpty() && !ended) {
      var message = messages.next();
      if (message == null) {
        ended = true;
        news.addAll(trace.end());
      } else {
        read(message);
      }
    }
    return news.poll();
  }

  private void read(JsonNode message) {
    for (var each : trace.news(message)) {
      log.note(each);
      news.add(each);
    }
    var made = message.path("aux").path("ID").asText("");
    id = made.isEmpty() ? id : made;
    var words = EngineMessages.failure(message);
    if (words != null) {
      throw log.failure(words);
    }
  }

  @Override
  public Built result() {
    if (id.isEmpty()) {
      throw new HearthException(DockerError.BROKE_OFF, "POST /build");
    }
    return log.built(id);
  }

  @Override
  public void close() {
    messages.close();
  }
}
