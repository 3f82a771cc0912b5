package dev.hearth.stdlib.archive;

import java.time.Instant;

/**
 * One thing in an archive, as the archive tells it: nothing of it is to be believed.
 *
 * @param sizeBytes the length of a file's content
 * @param mode nine bits
 * @param target what a link leads to; empty for others
 */
record Entry(String name, Type type, long sizeBytes, int mode, Instant modified, String target) {
  /** What kind of thing it is. */
  enum Type {
    FILE,
    FOLDER,
    LINK,
    /** A second name of a file that stands before it in the archive. */
    HARD_LINK,
    /** A device, a pipe or whatever else. */
    OTHER
  }
}
