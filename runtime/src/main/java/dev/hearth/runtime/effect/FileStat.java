package dev.hearth.runtime.effect;

import java.time.Instant;

/**
 * What stands at a path.
 *
 * @param sizeBytes the length of a file's content; without meaning for others
 * @param modified when its content last changed
 */
public record FileStat(Type type, long sizeBytes, Instant modified, FileMode mode) {
  /** What kind of thing it is. */
  public enum Type {
    FILE,
    FOLDER,
    /** A link that was not followed. */
    LINK,
    /** A device, a pipe or a socket. */
    OTHER
  }

  public boolean isFile() {
    return type == Type.FILE;
  }

  public boolean isFolder() {
    return type == Type.FOLDER;
  }
}
