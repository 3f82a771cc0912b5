package dev.hearth.cli;

import dev.hearth.log.FileLog;
import dev.hearth.log.ProcessLog;
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
  public static void main(String[] args) {
    ProcessLog.begin();
    var log = new FileLog(Environment.system());
    ProcessLog.writeTo(log);
    log.info("A standby process began.");
    try {
      new StandbyStart(Places.of(Environment.system()).runtime())
          .serve(Path.of(args[0]), new StandbyWork(log), IDLE, Main::endAtOnce);
      log.info("The standby process ended.");
    } catch (HearthException | IOException e) { // without a standby process all works as well
      log.warn("The standby process failed.", e);
    }
  }
}
