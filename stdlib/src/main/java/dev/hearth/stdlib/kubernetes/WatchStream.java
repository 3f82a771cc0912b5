package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.spi.JsonText;
import dev.hearth.runtime.spi.OpStream;
import dev.hearth.stdlib.json.FieldSelection;
import org.jspecify.annotations.Nullable;

/** A watch as a recipe reads it: events in batches, with the fields that it wants. */
final class WatchStream implements OpStream<JsonText> {
  private final Watch watch;
  private final EventText heard;

  WatchStream(ApiServer server, Watch.Plan plan, FieldSelection selection) {
    this.heard = new EventText(selection, plan.kind().isSecret());
    this.watch = new Watch(server, plan, Outage.ofStream(server), heard);
  }

  @Override
  public @Nullable JsonText next() throws InterruptedException {
    return watch.listen() ? heard.take() : null;
  }

  @Override
  public void close() {
    watch.close();
  }
}
