package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.OpContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** What a build has told so far: for the run's log, and for the error when it fails. */
final class BuildLog {
  /** So much of what its steps wrote stands in the error of a build that fails. */
  private static final int TOLD_LINES = 20;

  private final Engine engine;
  private final BuildSpec spec;
  private final Deque<String> tail = new ArrayDeque<>();
  private String step = "";

  BuildLog(Engine engine, BuildSpec spec) {
    this.engine = engine;
    this.spec = spec;
  }

  void note(BuildNews each) {
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

  /** The build failed. */
  HearthException failure(String words) {
    return new HearthException(DockerError.BUILD_FAILED, spec.shown(), words)
        .with("step", step)
        .with("log", List.copyOf(tail));
  }

  /** The build is done. */
  ImageBuild.Built built(String id) {
    engine.events().tell("image-built", Map.of("id", id, "image", spec.shown()));
    return new ImageBuild.Built(
        id, spec.references().stream().map(ImageReference::toString).toList());
  }
}
