package dev.hearth.stdlib.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes a tar in the form of POSIX, which has room for long names and large files. */
final class TarWriter implements ArchiveWriter {
  private final OutputStream compressed;
  private final TarArchiveOutputStream tar;

  TarWriter(OutputStream output, Compression compression, int level) throws IOException {
    compressed = compression.writing(output, level);
    tar = new TarArchiveOutputStream(compressed, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  @Override
  public void folder(Head head) throws IOException {
    put(new TarArchiveEntry(head.name() + "/", TarConstants.LF_DIR), head, 0);
    tar.closeArchiveEntry();
  }

  @Override
  public void link(Head head, String target) throws IOException {
    var entry = new TarArchiveEntry(head.name(), TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    put(entry, head, 0);
    tar.closeArchiveEntry();
  }

  @Override
  public void file(Head head, long sizeBytes, InputStream content) throws IOException {
    put(new TarArchiveEntry(head.name(), TarConstants.LF_NORMAL), head, sizeBytes);
    content.transferTo(tar);
    tar.closeArchiveEntry();
  }

  private void put(TarArchiveEntry entry, Head head, long sizeBytes) throws IOException {
    entry.setMode(head.mode());
    entry.setModTime(FileTime.from(head.modified()));
    entry.setSize(sizeBytes);
    entry.setIds(0, 0);
    entry.setNames("", "");
    tar.putArchiveEntry(entry);
  }

  @Override
  public void finish() throws IOException {
    tar.finish();
    tar.close();
  }
}
