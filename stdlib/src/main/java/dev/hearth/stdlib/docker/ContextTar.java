package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.BlockInput;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** The tar of a build's context, made while it is read: no more than a chunk of it is in memory. */
final class ContextTar extends BlockInput {
  private static final int CHUNK = 64 * 1024;

  private final Files files;
  private final Iterator<ContextFolder.Item> items;
  private final Iterator<Map.Entry<String, byte[]>> extra;
  private final boolean timeless;
  private final ByteArrayOutputStream made = new ByteArrayOutputStream(CHUNK + 2048);
  private final TarArchiveOutputStream tar;
  private final byte[] chunk = new byte[CHUNK];
  private byte[] ready = {};
  private int at;
  private @Nullable InputStream content;
  private ContextFolder.@Nullable Item item;
  private long left;
  private boolean done;

  /**
   * Begins one.
   *
   * @param extra files beside those of the folder, by name
   * @param timeless whether all times are the same, for who compares contents
   */
  ContextTar(
      Files files,
      Iterator<ContextFolder.Item> items,
      Map<String, byte[]> extra,
      boolean timeless) {
    this.files = files;
    this.items = items;
    this.extra = new LinkedHashMap<>(extra).entrySet().iterator();
    this.timeless = timeless;
    this.tar = new TarArchiveOutputStream(made, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (at == ready.length && !done) {
      advance();
      ready = made.toByteArray();
      made.reset();
      at = 0;
    }
    if (at == ready.length) {
      return -1;
    }
    int count = Math.min(length, ready.length - at);
    System.arraycopy(ready, at, target, offset, count);
    at += count;
    return count;
  }

  /** Something more goes into the tar. */
  private void advance() throws IOException {
    var open = content;
    if (open != null) {
      copy(open);
    } else if (items.hasNext()) {
      begin(items.next());
    } else if (extra.hasNext()) {
      var file = extra.next();
      put(
          new TarArchiveEntry(file.getKey(), TarConstants.LF_NORMAL),
          0644,
          Instant.EPOCH,
          file.getValue().length);
      tar.write(file.getValue());
      tar.closeArchiveEntry();
    } else {
      tar.finish();
      done = true;
    }
  }

  private void begin(ContextFolder.Item next) throws IOException {
    var entry = next.entry();
    int mode = entry.mode().bits();
    switch (entry.type()) {
      case FOLDER -> {
        put(new TarArchiveEntry(next.name() + "/", TarConstants.LF_DIR), mode, entry.modified(), 0);
        tar.closeArchiveEntry();
      }
      case LINK -> {
        var link = new TarArchiveEntry(next.name(), TarConstants.LF_SYMLINK);
        link.setLinkName(files.readLink(next.path()).toString());
        put(link, 0777, entry.modified(), 0);
        tar.closeArchiveEntry();
      }
      case FILE -> {
        var opened = files.open(next.path());
        content = opened;
        item = next;
        left = entry.sizeBytes();
        put(new TarArchiveEntry(next.name(), TarConstants.LF_NORMAL), mode, entry.modified(), left);
      }
      case OTHER -> throw new IllegalStateException("A context leaves them out.");
    }
  }

  private void put(TarArchiveEntry entry, int mode, Instant modified, long size)
      throws IOException {
    entry.setMode(mode);
    entry.setModTime(
        FileTime.from(timeless ? Instant.EPOCH : modified.truncatedTo(ChronoUnit.SECONDS)));
    entry.setSize(size);
    entry.setIds(0, 0);
    entry.setNames("", "");
    tar.putArchiveEntry(entry);
  }

  /** As many bytes of a file as were there when it was looked at: its head says so already. */
  private void copy(InputStream open) throws IOException {
    int count = left == 0 ? 0 : open.read(chunk, 0, (int) Math.min(CHUNK, left));
    if (count < 0) {
      var name = item == null ? "" : VisibleText.of(item.path());
      throw new HearthException(DockerError.BUILD_CONTEXT_CHANGED, name);
    }
    tar.write(chunk, 0, count);
    left -= count;
    if (left == 0) {
      open.close();
      content = null;
      tar.closeArchiveEntry();
    }
  }

  @Override
  public int available() {
    return ready.length - at;
  }

  @Override
  public void close() throws IOException {
    var open = content;
    if (open != null) {
      open.close();
      content = null;
    }
  }
}
