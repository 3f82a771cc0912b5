package dev.hearth.stdlib.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.ZoneOffset;
import org.apache.commons.compress.archivers.zip.X5455_ExtendedTimestamp;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Writes a zip with modes and links as Unix has them. */
final class ZipWriter implements ArchiveWriter {
  private static final int KIND_FILE = 0100000;
  private static final int KIND_FOLDER = 0040000;
  private static final int KIND_LINK = 0120000;

  private final ZipArchiveOutputStream zip;

  ZipWriter(OutputStream output, int level) {
    zip = new ZipArchiveOutputStream(output);
    zip.setLevel(level);
  }

  @Override
  public void folder(Head head) throws IOException {
    var entry = entry(head.name() + "/", head, KIND_FOLDER);
    entry.setMethod(ZipArchiveOutputStream.STORED);
    entry.setSize(0);
    entry.setCrc(0);
    zip.putArchiveEntry(entry);
    zip.closeArchiveEntry();
  }

  @Override
  public void link(Head head, String target) throws IOException {
    var bytes = target.getBytes(StandardCharsets.UTF_8);
    var entry = entry(head.name(), head, KIND_LINK);
    entry.setSize(bytes.length);
    zip.putArchiveEntry(entry);
    zip.write(bytes);
    zip.closeArchiveEntry();
  }

  @Override
  public void file(Head head, long sizeBytes, InputStream content) throws IOException {
    var entry = entry(head.name(), head, KIND_FILE);
    entry.setSize(sizeBytes);
    zip.putArchiveEntry(entry);
    content.transferTo(zip);
    zip.closeArchiveEntry();
  }

  private static ZipArchiveEntry entry(String name, Head head, int kind) {
    var entry = new ZipArchiveEntry(name);
    entry.setUnixMode(kind | head.mode());
    // The old field is in the time of nobody knows where; the newer one is what counts.
    entry.setTimeLocal(head.modified().atOffset(ZoneOffset.UTC).toLocalDateTime());
    var time = new X5455_ExtendedTimestamp();
    time.setModifyFileTime(FileTime.from(head.modified()));
    entry.addExtraField(time);
    return entry;
  }

  @Override
  public void finish() throws IOException {
    zip.finish();
  }
}
