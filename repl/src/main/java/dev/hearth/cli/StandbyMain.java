package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.settings.Places;
import dev.hearth.standby.StandbyStart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Where a standby process begins. */
final class StandbyMain {
  /** A user who has not called for so long is doing something else. */
  private static final Duration IDLE = Duration.ofMinutes(10);

  private StandbyMain() {}

  /**
   * Stands by until it is no longer needed.
   *
   * @param args the jar that this is
   */
  public static void main(String[] args) throws IOException {
    try {
      new StandbyStart(Places.of(Environment.system()).runtime())
          .serve(Path.of(args[0]), new StandbyWork(), IDLE, Main::endAtOnce);
    } catch (HearthException e) {
      throw new IOException(e); // nobody reads it: without a standby process all works as well
    }
  }
}
