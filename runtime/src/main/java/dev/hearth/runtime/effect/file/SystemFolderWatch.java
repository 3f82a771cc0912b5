package dev.hearth.runtime.effect.file;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.effect.FolderWatch;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;

/** A folder that the system watches. */
final class SystemFolderWatch implements FolderWatch {
  private final Path asked;
  private final WatchService service;
  private boolean isGone;

  private SystemFolderWatch(Path asked, WatchService service) {
    this.asked = asked;
    this.service = service;
  }

  /**
   * Begins to watch.
   *
   * @param real what {@code asked} leads to
   */
  static FolderWatch of(Path asked, Path real) throws IOException {
    var service = real.getFileSystem().newWatchService();
    try {
      real.register(
          service,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_DELETE);
    } catch (IOException e) {
      service.close();
      throw e;
    }
    return new SystemFolderWatch(asked, service);
  }

  @Override
  public List<Change> next() throws InterruptedException {
    if (isGone) {
      throw new HearthException(FileError.NOT_FOUND, VisibleText.of(asked));
    }
    try {
      var changes = new ArrayList<Change>();
      while (changes.isEmpty()) {
        var key = service.take();
        key.pollEvents().forEach(event -> changes.add(change(event)));
        if (!key.reset()) {
          isGone = true;
          changes.add(new Change(Kind.MISSED, ""));
        }
      }
      return changes;
    } catch (ClosedWatchServiceException e) {
      throw new HearthException(FileError.INTERRUPTED, VisibleText.of(asked)).causedBy(e);
    }
  }

  private static Change change(WatchEvent<?> event) {
    if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
      return new Change(Kind.MISSED, "");
    }
    var kind =
        event.kind() == StandardWatchEventKinds.ENTRY_CREATE
            ? Kind.CREATED
            : event.kind() == StandardWatchEventKinds.ENTRY_DELETE ? Kind.REMOVED : Kind.CHANGED;
    return new Change(kind, String.valueOf(event.context()));
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      throw FileFailure.of(asked, e);
    }
  }
}
