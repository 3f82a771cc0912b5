package dev.hearth.stdlib.archive;

import dev.hearth.runtime.HearthException;

/**
 * How much may come out of one archive. What an archive says about itself is not asked: what comes
 * is counted.
 */
final class Quota {
  static final long MOST_BYTES = 64L << 30;
  static final long MOST_ENTRIES = 200_000;
  static final long MOST_RATIO = 200;

  /** Below this nobody minds how well something was compressed. */
  private static final long HARMLESS = 64L << 20;

  private final String archive;
  private final long maxBytes;
  private final long maxEntries;
  private final long maxRatio;
  private long bytes;
  private long entries;

  Quota(String archive, long maxBytes, long maxEntries, long maxRatio) {
    this.archive = archive;
    this.maxBytes = required("maxBytes", maxBytes);
    this.maxEntries = required("maxEntries", maxEntries);
    this.maxRatio = required("maxRatio", maxRatio);
  }

  private static long required(String name, long value) {
    if (value < 1) {
      throw new HearthException(ArchiveError.NO_LIMIT, name);
    }
    return value;
  }

  long maxEntries() {
    return maxEntries;
  }

  void countEntry() {
    entries++;
    requireEntries(entries);
  }

  void requireEntries(long count) {
    if (count > maxEntries) {
      throw new HearthException(ArchiveError.TOO_MANY_ENTRIES, archive, maxEntries);
    }
  }

  /**
   * Counts what came out of the entries.
   *
   * @param consumed how much of the archive it took so far
   */
  void countBytes(long more, long consumed) {
    bytes += more;
    if (bytes > maxBytes) {
      throw new HearthException(ArchiveError.TOO_MANY_BYTES, archive, maxBytes);
    }
    requireRatio(bytes, consumed);
  }

  /** Judges how much came out of what was consumed. */
  void requireRatio(long out, long consumed) {
    if (out > HARMLESS && out / maxRatio > consumed) {
      throw new HearthException(ArchiveError.TOO_DENSE, archive, maxRatio);
    }
  }

  long bytes() {
    return bytes;
  }
}
