package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.OpContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An image that an engine builds. */
final class ImageBuild implements EngineWork<BuildNews, ImageBuild.Built> {
  /** So much of what its steps wrote stands in the error of a build that fails. */
  private static final int TOLD_LINES = 20;

  private final Engine engine;
  private final BuildSpec spec;
  private final EngineMessages messages;
  private final BuildTrace trace;
  private final Deque<BuildNews> news = new ArrayDeque<>();
  private final Deque<String> tail = new ArrayDeque<>();
  private String step = "";
  private String id = "";
  private boolean ended;

  /** What was built. */
  record Built(String id, List<String> tags) {}

  ImageBuild(Engine engine, BuildSpec spec, EngineCall call, boolean isBuildKit) {
    this.engine = engine;
    this.spec = spec;
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
      note(each);
      news.add(each);
    }
    var made = message.path("aux").path("ID").asText("");
    id = made.isEmpty() ? id : made;
    var words = EngineMessages.failure(message);
    if (words != null) {
      throw new HearthException(DockerError.BUILD_FAILED, spec.shown(), words)
          .with("step", step)
          .with("log", List.copyOf(tail));
    }
  }

  private void note(BuildNews each) {
    var said = each.text();
    switch (each.kind()) {
      case "step" -> {
        if ("running".equals(each.state()) || "failed".equals(each.state())) {
          step = String.valueOf(each.step());
        }
        debug(each.step() + ": " + each.state());
      }
      case "log" -> {
        tail.add(String.valueOf(said));
        if (tail.size() > TOLD_LINES) {
          tail.remove();
        }
        debug(String.valueOf(said));
      }
      case "warning" ->
          engine.log().write(OpContext.Log.Level.WARN, String.valueOf(said), Map.of());
      default -> {} // bytes on their way
    }
  }

  private void debug(String what) {
    engine.log().write(OpContext.Log.Level.DEBUG, what, Map.of("build", spec.shown()));
  }

  @Override
  public Built result() {
    if (id.isEmpty()) {
      throw new HearthException(DockerError.BROKE_OFF, "POST /build");
    }
    engine.events().tell("image-built", Map.of("id", id, "image", spec.shown()));
    return new Built(id, spec.references().stream().map(ImageReference::toString).toList());
  }

  @Override
  public void close() {
    messages.close();
  }
}
