package dev.hearth.stdlib.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Archives that no honest program makes. */
final class Forged {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

  Forged() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
  }

  Forged file(String name, String content) {
    return entry(name, TarConstants.LF_NORMAL, "", content);
  }

  Forged link(String name, String target) {
    return entry(name, TarConstants.LF_SYMLINK, target, "");
  }

  Forged entry(String name, byte kind, String target, String content) {
    try {
      var entry = new TarArchiveEntry(name, kind, true); // keeps a slash at the beginning
      var data = content.getBytes(StandardCharsets.UTF_8);
      entry.setLinkName(target);
      entry.setMode(04755);
      entry.setSize(data.length);
      tar.putArchiveEntry(entry);
      tar.write(data);
      tar.closeArchiveEntry();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes() throws IOException {
    tar.finish();
    return bytes.toByteArray();
  }

  byte[] gzipped() throws IOException {
    var compressed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes());
    }
    return compressed.toByteArray();
  }

  /** A zip with one entry; a mode of 0: made where there are none. */
  static byte[] zip(String name, int mode, byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipArchiveOutputStream(bytes)) {
      var entry = new ZipArchiveEntry(name);
      if (mode != 0) {
        entry.setUnixMode(mode);
      }
      entry.setSize(content.length);
      zip.putArchiveEntry(entry);
      zip.write(content);
      zip.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }
}
