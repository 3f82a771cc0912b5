package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import java.time.Duration;

/**
 * A command that was started in a container, as the engine knows it.
 *
 * @param id as the engine calls it
 */
record ExecInstance(Engine engine, String container, String id) {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int PAUSES = 250;

  /** How large its terminal is. */
  void resize(int rows, int columns) {
    engine.json(EngineCall.post("/exec/{}/resize", id).query("h", rows).query("w", columns));
  }

  /** How it ended, once its outputs have; engines know that a moment later. */
  int exitCode() throws InterruptedException {
    for (int i = 0; i < PAUSES; i++) {
      var state = engine.json(EngineCall.get("/exec/{}/json", id));
      if (!state.path("Running").asBoolean() && state.path("ExitCode").isNumber()) {
        return state.path("ExitCode").asInt();
      }
      engine.clock().sleep(PAUSE);
    }
    throw broken();
  }

  HearthException broken() {
    return new HearthException(DockerError.BROKE_OFF, "exec in " + container);
  }
}
