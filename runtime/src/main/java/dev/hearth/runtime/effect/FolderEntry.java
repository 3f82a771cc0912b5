package dev.hearth.runtime.effect;

import java.time.Instant;

/**
 * What stands in a folder under a name. A link is told as one, with nothing of what it leads to.
 *
 * @param sizeBytes the length of a file's content; without meaning for others
 * @param modified when its content last changed
 */
public record FolderEntry(
    String name, FileStat.Type type, long sizeBytes, Instant modified, FileMode mode) {}
