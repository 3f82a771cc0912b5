package dev.hearth.runtime.storage;

import java.nio.file.Path;

/** How the text of a file is made unreadable for others, and readable again. */
public interface Sealing {
  /** The bytes that stand on the disk. */
  byte[] seal(String text);

  /**
   * The text in them.
   *
   * @param file where they are from, for messages
   * @throws dev.hearth.runtime.HearthException when they cannot be opened
   */
  String open(byte[] sealed, Path file);
}
