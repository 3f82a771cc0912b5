package dev.hearth.stdlib.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.spi.OpStream;
import org.jspecify.annotations.Nullable;

/** The events of a playbook as a recipe reads them; it ends with the loop. */
final class PlayStream implements OpStream<PlayStream.Step> {
  private final PlaybookRun run;
  private boolean isTold;

  /** An event, or at the end what came of it all. */
  record Step(@Nullable JsonNode progress, @Nullable PlayResult result) {}

  PlayStream(PlaybookRun run) {
    this.run = run;
  }

  @Override
  public @Nullable Step next() throws InterruptedException {
    if (isTold) {
      return null;
    }
    var event = run.next();
    isTold = event == null;
    return new Step(event, isTold ? run.result() : null);
  }

  @Override
  public void close() {
    run.close();
  }
}
