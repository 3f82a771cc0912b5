package dev.hearth.stdlib.fs;

import dev.hearth.runtime.effect.FolderWatch;
import dev.hearth.runtime.spi.OpStream;
import java.util.List;
import java.util.Locale;

/** What changes in a folder, as recipes see it. */
record WatchedFolder(FolderWatch watch) implements OpStream<List<WatchedFolder.Event>> {
  /** Something was created, changed or removed; {@code missed}: too much happened to tell. */
  record Event(String type, String name) {}

  @Override
  public List<Event> next() throws InterruptedException {
    return watch.next().stream()
        .map(change -> new Event(change.kind().name().toLowerCase(Locale.ROOT), change.name()))
        .toList();
  }

  @Override
  public void close() {
    watch.close();
  }
}
