package dev.hearth.stdlib.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A tar for an engine, while it is written. Names may be long and in any script, and files and
 * owners' numbers large; of whoever runs Hearth it says nothing.
 */
final class EngineTar {
  private final TarArchiveOutputStream tar;

  EngineTar(OutputStream output) {
    tar = new TarArchiveOutputStream(output, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  /**
   * What a tar says of something beside its content.
   *
   * @param name from the folder on that it is unpacked to, without a slash at its beginning or end
   */
  record Head(String name, int mode, Instant modified, long user, long group) {
    /** Of something that belongs to root. */
    Head(String name, int mode, Instant modified) {
      this(name, mode, modified, 0, 0);
    }
  }

  /** What is put into a tar. */
  @FunctionalInterface
  interface Content {
    void writeTo(EngineTar tar) throws IOException;
  }

  /** A whole one, small enough for memory. */
  static byte[] of(Content content) {
    var bytes = new ByteArrayOutputStream();
    try {
      var tar = new EngineTar(bytes);
      content.writeTo(tar);
      tar.finish();
    } catch (IOException e) {
      throw new IllegalStateException("An array takes all that is written to it.", e);
    }
    return bytes.toByteArray();
  }

  void folder(Head head) throws IOException {
    put(new TarArchiveEntry(head.name() + "/", TarConstants.LF_DIR), head, 0);
    tar.closeArchiveEntry();
  }

  void link(Head head, String target) throws IOException {
    var entry = new TarArchiveEntry(head.name(), TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    put(entry, head, 0);
    tar.closeArchiveEntry();
  }

  void file(Head head, byte[] content) throws IOException {
    begin(head, content.length);
    write(content, content.length);
    end();
  }

  /** Begins a file, of which exactly that many bytes have to follow before its end. */
  void begin(Head head, long sizeBytes) throws IOException {
    put(new TarArchiveEntry(head.name(), TarConstants.LF_NORMAL), head, sizeBytes);
  }

  void write(byte[] chunk, int length) throws IOException {
    tar.write(chunk, 0, length);
  }

  void end() throws IOException {
    tar.closeArchiveEntry();
  }

  void finish() throws IOException {
    tar.finish();
  }

  private void put(TarArchiveEntry entry, Head head, long sizeBytes) throws IOException {
    entry.setMode(head.mode());
    entry.setModTime(FileTime.from(head.modified()));
    entry.setSize(sizeBytes);
    entry.setUserId(head.user());
    entry.setGroupId(head.group());
    entry.setNames("", "");
    tar.putArchiveEntry(entry);
  }
}
