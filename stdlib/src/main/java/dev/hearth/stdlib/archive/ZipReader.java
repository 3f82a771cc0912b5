package dev.hearth.stdlib.archive;

import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Enumeration;
import java.util.Objects;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A zip, by the directory at its end. */
final class ZipReader implements ArchiveReader {
  private static final int KIND = 0170000;
  private static final int KIND_FILE = 0100000;
  private static final int KIND_FOLDER = 0040000;
  private static final int KIND_LINK = 0120000;
  private static final int LONGEST_TARGET = 4096;

  private final String shown;
  private final ZipFile zip;
  private final long size;
  private final Enumeration<ZipArchiveEntry> entries;
  private @Nullable ZipArchiveEntry current;

  ZipReader(String shown, SeekableByteChannel channel, Quota quota) throws IOException {
    this.shown = shown;
    quota.requireEntries(ZipDirectory.countEntries(channel, quota.maxEntries()));
    channel.position(0);
    zip = ZipFile.builder().setSeekableByteChannel(channel).setIgnoreLocalFileHeader(true).get();
    size = channel.size();
    entries = zip.getEntries();
  }

  @Override
  public @Nullable Entry next() throws IOException {
    if (!entries.hasMoreElements()) {
      return null;
    }
    var entry = entries.nextElement();
    current = entry;
    var type = type(entry);
    var modified = entry.getLastModifiedTime();
    return new Entry(
        entry.getName(),
        type,
        entry.getSize(),
        mode(entry, type),
        modified == null ? Instant.EPOCH : modified.toInstant(),
        type == Entry.Type.LINK ? target(entry) : "");
  }

  private static Entry.Type type(ZipArchiveEntry entry) {
    var kind = entry.getUnixMode() & KIND;
    if (entry.isDirectory() || kind == KIND_FOLDER) {
      return Entry.Type.FOLDER;
    }
    return switch (kind) {
      case 0, KIND_FILE -> Entry.Type.FILE;
      case KIND_LINK -> Entry.Type.LINK;
      default -> Entry.Type.OTHER;
    };
  }

  private static int mode(ZipArchiveEntry entry, Entry.Type type) {
    if (entry.getUnixMode() == 0) { // it was made where files have none
      return type == Entry.Type.FOLDER ? 0755 : 0644;
    }
    return entry.getUnixMode() & 0777;
  }

  private String target(ZipArchiveEntry entry) throws IOException {
    try (var content = content(entry)) {
      var target = content.readNBytes(LONGEST_TARGET + 1);
      if (target.length > LONGEST_TARGET) {
        throw new IOException("A link leads to a path that is longer than paths are.");
      }
      return new String(target, StandardCharsets.UTF_8);
    }
  }

  @Override
  public InputStream content() throws IOException {
    return content(Objects.requireNonNull(current));
  }

  private InputStream content(ZipArchiveEntry entry) throws IOException {
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      throw new HearthException(ArchiveError.UNSUPPORTED, shown, "encrypted entries");
    }
    if (!zip.canReadEntryData(entry)) {
      throw new HearthException(ArchiveError.UNSUPPORTED, shown, "entries of a rare compression");
    }
    return new CheckedContent(zip.getInputStream(entry), entry.getSize(), entry.getCrc());
  }

  @Override
  public long consumed() {
    return size;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
