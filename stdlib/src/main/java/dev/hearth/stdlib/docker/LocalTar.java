package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** A file or folder of this machine as a tar, which is made while it is read. */
final class LocalTar implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Files files;
  private final PipedInputStream reading = new PipedInputStream(BUFFER);
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private int fileCount;
  private long bytes;

  private LocalTar(Files files) {
    this.files = files;
  }

  /**
   * Begins one.
   *
   * @param name what it is called in the tar
   */
  static LocalTar of(Files files, Path from, String name) {
    var tar = new LocalTar(files);
    var stat = files.stat(from);
    if (stat.isEmpty() || stat.get().type() == FileStat.Type.OTHER) {
      throw new HearthException(DockerError.COPY_SOURCE, VisibleText.of(from));
    }
    try {
      var writing = new PipedOutputStream(tar.reading);
      var _ =
          Thread.ofVirtual()
              .name("docker-tar")
              .start(() -> tar.write(writing, from, name, stat.get()));
      return tar;
    } catch (IOException e) {
      throw new IllegalStateException("A new pipe is connected to nothing else.", e);
    }
  }

  /** A single file whose content is known, as a tar in memory. */
  static void single(OutputStream output, String name, int mode, byte[] content)
      throws IOException {
    try (var tar = open(output)) {
      var entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL);
      entry.setMode(mode);
      entry.setIds(0, 0);
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
  }

  private static TarArchiveOutputStream open(OutputStream output) {
    var tar = new TarArchiveOutputStream(output, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
    return tar;
  }

  InputStream stream() {
    return reading;
  }

  int fileCount() {
    return fileCount;
  }

  long bytes() {
    return bytes;
  }

  /** Why it could not be made, which who read it only knows as a broken pipe. */
  void requireWhole() {
    var why = failure.get();
    if (why != null) {
      throw why;
    }
  }

  private void write(OutputStream writing, Path from, String name, FileStat stat) {
    try (var tar = open(writing)) {
      add(tar, from, name, stat);
    } catch (IOException e) {
      failure.compareAndSet(null, new HearthException(DockerError.BROKE_OFF, "upload").causedBy(e));
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  private void add(TarArchiveOutputStream tar, Path path, String name, FileStat stat)
      throws IOException {
    switch (stat.type()) {
      case FOLDER -> {
        put(tar, new TarArchiveEntry(name + "/", TarConstants.LF_DIR), stat, 0);
        tar.closeArchiveEntry();
        for (var each : files.entries(path)) {
          var inside = new FileStat(each.type(), each.sizeBytes(), each.modified(), each.mode());
          add(tar, path.resolve(each.name()), name + "/" + each.name(), inside);
        }
      }
      case FILE -> {
        put(tar, new TarArchiveEntry(name, TarConstants.LF_NORMAL), stat, stat.sizeBytes());
        copy(tar, path, stat.sizeBytes());
        tar.closeArchiveEntry();
        fileCount++;
        bytes += stat.sizeBytes();
      }
      case LINK -> {
        var link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        link.setLinkName(files.readLink(path).toString());
        put(tar, link, stat, 0);
        tar.closeArchiveEntry();
      }
      case OTHER -> {
        // Devices, pipes and sockets are not copied, as with `docker cp`.
      }
    }
  }

  private static void put(
      TarArchiveOutputStream tar, TarArchiveEntry entry, FileStat stat, long size)
      throws IOException {
    entry.setMode(stat.mode().bits());
    entry.setModTime(FileTime.from(stat.modified()));
    entry.setSize(size);
    entry.setIds(0, 0);
    entry.setNames("", "");
    tar.putArchiveEntry(entry);
  }

  /** As much as its head says, which went before. */
  private void copy(TarArchiveOutputStream tar, Path path, long size) throws IOException {
    try (var content = files.open(path)) {
      var chunk = new byte[BUFFER];
      for (long left = size; left > 0; ) {
        int read = content.read(chunk, 0, (int) Math.min(left, chunk.length));
        if (read < 0) {
          throw new HearthException(DockerError.COPY_CHANGED, VisibleText.of(path));
        }
        tar.write(chunk, 0, read);
        left -= read;
      }
    }
  }

  @Override
  public void close() {
    try {
      reading.close();
    } catch (IOException e) {
      throw new IllegalStateException("Closing a pipe does no output.", e);
    }
  }
}
