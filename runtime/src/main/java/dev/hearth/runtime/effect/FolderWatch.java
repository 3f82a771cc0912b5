package dev.hearth.runtime.effect;

import java.util.List;

/** Tells what changes in a folder, from the moment it was made. */
public interface FolderWatch extends AutoCloseable {
  /** What happened to a name. */
  record Change(Kind kind, String name) {}

  /** In which way. */
  enum Kind {
    CREATED,
    CHANGED,
    REMOVED,
    /** More happened than could be kept, or the folder is gone; the name is empty. */
    MISSED
  }

  /** Waits for changes; there is at least one. */
  List<Change> next() throws InterruptedException;

  @Override
  void close();
}
