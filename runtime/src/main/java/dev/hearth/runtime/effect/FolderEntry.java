package dev.hearth.runtime.effect;

/**
 * What stands in a folder under a name. A link is told as one, with nothing of what it leads to.
 *
 * @param sizeBytes the length of a file's content; without meaning for others
 */
public record FolderEntry(String name, FileStat.Type type, long sizeBytes, FileMode mode) {}
