package dev.hearth.stdlib.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** A tar, compressed or not. */
final class TarReader implements ArchiveReader {
  private final Source source;
  private final TarBytes bytes;
  private final TarArchiveInputStream tar;
  private final Compression compression;

  TarReader(Source source, Compression compression, Quota quota) throws IOException {
    this.source = source;
    this.compression = compression;
    bytes = new TarBytes(compression.reading(source), source, quota);
    tar = new TarArchiveInputStream(bytes, StandardCharsets.UTF_8.name());
  }

  /** Whether these are the first bytes of a tar: a head whose checksum is right. */
  static boolean isTar(byte[] beginning) {
    if (beginning.length < TarConstants.DEFAULT_RCDSIZE) {
      return false;
    }
    var end = TarConstants.CHKSUM_OFFSET + TarConstants.CHKSUMLEN;
    var sum = 0;
    for (var i = 0; i < TarConstants.DEFAULT_RCDSIZE; i++) {
      var isOfSum = i >= TarConstants.CHKSUM_OFFSET && i < end;
      sum += isOfSum ? ' ' : beginning[i] & 0xff;
    }
    var told =
        new String(
                beginning,
                TarConstants.CHKSUM_OFFSET,
                TarConstants.CHKSUMLEN,
                StandardCharsets.ISO_8859_1)
            .replace('\0', ' ')
            .strip();
    return told.matches("[0-7]{1,7}") && Integer.parseInt(told, 8) == sum;
  }

  @Override
  public @Nullable Entry next() throws IOException {
    while (tar.getCurrentEntry() != null && tar.skip(Long.MAX_VALUE) > 0) {
      // What nobody read of the entry before; beyond its end nothing is skipped.
    }
    bytes.beginHeader();
    var entry = tar.getNextEntry();
    bytes.endHeader();
    if (entry == null) {
      requireEnd();
      return null;
    }
    if (!entry.isCheckSumOK()) {
      throw new IOException("The checksum of a header is wrong.");
    }
    return new Entry(
        entry.getName(),
        type(entry),
        entry.getRealSize(),
        entry.getMode() & 0777,
        entry.getLastModifiedTime().toInstant(),
        entry.isSymbolicLink() || entry.isLink()
            ? Objects.requireNonNullElse(entry.getLinkName(), "")
            : "");
  }

  private void requireEnd() throws IOException {
    if (!bytes.isEndSeen()) {
      throw new IOException("The end is missing.");
    }
    if (compression != Compression.NONE) {
      bytes.transferTo(OutputStream.nullOutputStream()); // the checksum stands at the end
    }
  }

  private static Entry.Type type(TarArchiveEntry entry) {
    return switch (entry.getLinkFlag()) {
      case TarConstants.LF_SYMLINK -> Entry.Type.LINK;
      case TarConstants.LF_LINK -> Entry.Type.HARD_LINK;
      case TarConstants.LF_DIR -> Entry.Type.FOLDER;
      case TarConstants.LF_OLDNORM,
          TarConstants.LF_NORMAL,
          TarConstants.LF_CONTIG,
          TarConstants.LF_GNUTYPE_SPARSE ->
          entry.isDirectory() ? Entry.Type.FOLDER : Entry.Type.FILE;
      default -> Entry.Type.OTHER;
    };
  }

  @Override
  public InputStream content() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return tar.read();
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return tar.read(target, offset, length);
      }
    };
  }

  @Override
  public long consumed() {
    return source.count();
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
