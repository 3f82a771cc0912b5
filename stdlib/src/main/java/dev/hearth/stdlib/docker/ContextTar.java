package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.BlockInput;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tar of a build's context, made while it is read: no more than a chunk of it is in memory. */
final class ContextTar extends BlockInput {
  private static final int CHUNK = 64 * 1024;

  private final Files files;
  private final Iterator<ContextFolder.Item> items;
  private final Iterator<Map.Entry<String, byte[]>> extra;
  private final boolean timeless;
  private final ByteArrayOutputStream made = new ByteArrayOutputStream(CHUNK + 2048);
  private final EngineTar tar;
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
    this.tar = new EngineTar(made);
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
      tar.file(new EngineTar.Head(file.getKey(), 0644, Instant.EPOCH), file.getValue());
    } else {
      tar.finish();
      done = true;
    }
  }

  private void begin(ContextFolder.Item next) throws IOException {
    var entry = next.entry();
    var modified = timeless ? Instant.EPOCH : entry.modified().truncatedTo(ChronoUnit.SECONDS);
    var head = new EngineTar.Head(next.name(), entry.mode().bits(), modified);
    switch (entry.type()) {
      case FOLDER -> tar.folder(head);
      case LINK ->
          tar.link(
              new EngineTar.Head(next.name(), 0777, modified),
              files.readLink(next.path()).toString());
      case FILE -> {
        var opened = files.open(next.path());
        content = opened;
        item = next;
        left = entry.sizeBytes();
        tar.begin(head, left);
      }
      case OTHER -> throw new IllegalStateException("A context leaves them out.");
    }
  }

  /** As many bytes of a file as were there when it was looked at: its head says so already. */
  private void copy(InputStream open) throws IOException {
    int count = left == 0 ? 0 : open.read(chunk, 0, (int) Math.min(CHUNK, left));
    if (count < 0) {
      var name = item == null ? "" : VisibleText.of(item.path());
      throw new HearthException(DockerError.BUILD_CONTEXT_CHANGED, name);
    }
    tar.write(chunk, count);
    left -= count;
    if (left == 0) {
      open.close();
      content = null;
      tar.end();
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
