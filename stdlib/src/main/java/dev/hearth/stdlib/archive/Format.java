package dev.hearth.stdlib.archive;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** What an archive is written as, by the end that its name has. */
enum Format {
  TAR("tar", Compression.NONE),
  TAR_GZ("tar.gz", Compression.GZIP, "tgz"),
  TAR_ZST("tar.zst", Compression.ZSTD, "tzst"),
  ZIP("zip", Compression.NONE),
  /** One file, compressed. */
  GZ("gz", Compression.GZIP),
  /** One file, compressed. */
  ZST("zst", Compression.ZSTD);

  private final String word;
  private final Compression compression;

  /** Another end of names that says the same; its own where there is none. */
  private final String otherEnd;

  Format(String word, Compression compression) {
    this(word, compression, word);
  }

  Format(String word, Compression compression, String otherEnd) {
    this.word = word;
    this.compression = compression;
    this.otherEnd = otherEnd;
  }

  /** The one that a file's name says; the longest end counts. */
  static Optional<Format> byName(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    for (var format : values()) { // those of tar stand before what compresses one file
      if (lower.endsWith("." + format.word) || lower.endsWith("." + format.otherEnd)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  Compression compression() {
    return compression;
  }

  boolean isOneFile() {
    return this == GZ || this == ZST;
  }

  boolean isTar() {
    return this == TAR || this == TAR_GZ || this == TAR_ZST;
  }

  @JsonValue
  @Override
  public String toString() {
    return word;
  }
}
