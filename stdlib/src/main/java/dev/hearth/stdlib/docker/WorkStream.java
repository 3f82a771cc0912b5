package dev.hearth.stdlib.docker;

import dev.hearth.runtime.spi.OpStream;
import org.jspecify.annotations.Nullable;

/**
 * Work whose progress somebody reads; the work is as fast as its reader, and ends with the loop.
 */
final class WorkStream implements OpStream<WorkStream.Step> {
  private final EngineWork<?, ?> work;
  private boolean told;

  /** News, or at the end what came of it. */
  record Step(@Nullable Object progress, @Nullable Object result) {}

  WorkStream(EngineWork<?, ?> work) {
    this.work = work;
  }

  @Override
  public @Nullable Step next() {
    if (told) {
      return null;
    }
    var progress = work.next();
    told = progress == null;
    return new Step(progress, told ? work.result() : null);
  }

  @Override
  public void close() {
    work.close();
  }
}
