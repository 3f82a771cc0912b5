package dev.hearth.stdlib.archive;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file or folder as a tar on its way between this machine and a container: how the bindings of
 * containers copy. It reaches nothing but the files that it is given. What comes from a container
 * is no more trusted than any archive, and unpacked as carefully: all of it or nothing.
 */
public final class TarTransfer {
  private static final long MOST_BEHIND_END = 1L << 20;

  private final Files files;
  private final String shown;

  /**
   * A transfer.
   *
   * @param shown what messages call the tar, such as what it is a copy of
   */
  public TarTransfer(Files files, String shown) {
    this.files = files;
    this.shown = shown;
  }

  /**
   * What was copied.
   *
   * @param leftOut devices, pipes and sockets, which are not copied
   */
  public record Copied(int files, int folders, int links, long sizeBytes, List<String> leftOut) {}

  /** Writes a file, or a folder and all that is in it, under another name. */
  public Copied pack(Path from, String name, OutputStream output) throws IOException {
    var stat =
        files
            .stat(from)
            .orElseThrow(() -> new HearthException(FileError.NOT_FOUND, VisibleText.of(from)));
    var tree = new Tree(files, from, List.of(), from);
    var top =
        new Tree.Item(name, from, stat.type(), stat.sizeBytes(), stat.modified(), stat.mode());
    if (stat.type() == FileStat.Type.OTHER) {
      throw new HearthException(FileError.NOT_A_FILE, VisibleText.of(from));
    }
    if (stat.isFolder()) {
      tree.add(".", Path.of(".")); // all of it is looked at before any of it is written
    }
    var packing = new Packing(files, new Packing.Form(Format.TAR, 1, false));
    var writer = new TarWriter(output, Compression.NONE, 1);
    packing.write(top, writer);
    int fileCount = stat.isFile() ? 1 : 0;
    int folders = stat.isFolder() ? 1 : 0;
    int links = 0;
    long bytes = stat.isFile() ? stat.sizeBytes() : 0;
    for (var item : tree.items()) {
      packing.write(
          new Tree.Item(
              name + "/" + item.name(),
              item.path(),
              item.type(),
              item.sizeBytes(),
              item.modified(),
              item.mode()),
          writer);
      switch (item.type()) {
        case FILE -> {
          fileCount++;
          bytes += item.sizeBytes();
        }
        case FOLDER -> folders++;
        default -> links++;
      }
    }
    writer.finish();
    return new Copied(fileCount, folders, links, bytes, tree.leftOut());
  }

  /**
   * Reads a tar of one file or folder to its end and puts it where it is wanted, under whatever
   * name it has in the tar. Of a folder that is there what is in it stays, unless it is in the tar,
   * too.
   *
   * @param links whether symbolic links are kept; else they are left out
   */
  public Copied unpack(InputStream tar, Path to, boolean links) {
    var quota = new Quota(shown, Quota.MOST_BYTES, Quota.MOST_ENTRIES, Quota.MOST_RATIO);
    try (var archive =
        OpenArchive.of(shown, quota, () -> new FromFirst(new Source(shown, tar), quota))) {
      var first = archive.next();
      if (first == null) {
        return new Copied(0, 0, 0, 0, List.of());
      }
      if (first.type() == Entry.Type.FILE) {
        return file(archive, first, to);
      }
      if (first.type() != Entry.Type.FOLDER) {
        throw archive.error(ArchiveError.SPECIAL, first);
      }
      var wish = new Unpacking.Wish(List.of(), 1, links, true);
      var outcome = new Unpacking(files, archive, wish, to).unpack();
      return new Copied(
          outcome.files(), outcome.folders() + 1, outcome.links(), outcome.sizeBytes(), List.of());
    }
  }

  private Copied file(OpenArchive archive, Entry entry, Path to) {
    try (var replacement = files.replace(to, new FileMode(entry.mode()))) {
      archive.copyTo(replacement.output());
      var second = archive.next();
      if (second != null) {
        throw archive.error(ArchiveError.BEHIND_OTHER, second, entry.name());
      }
      replacement.commit();
    } catch (IOException e) {
      throw Source.failure(to.toString(), e);
    }
    files.setModified(to, entry.modified());
    return new Copied(1, 0, 0, archive.bytes(), List.of());
  }

  /** Reads to the end of the stream, too, so that whoever writes it has said how it went. */
  private static final class FromFirst implements ArchiveReader {
    private final Source source;
    private final TarReader tar;

    private FromFirst(Source source, Quota quota) throws IOException {
      this.source = source;
      this.tar = new TarReader(source, Compression.NONE, quota);
    }

    @Override
    public @Nullable Entry next() throws IOException {
      var entry = tar.next();
      if (entry == null) {
        readRest();
      }
      return entry;
    }

    private void readRest() throws IOException {
      var chunk = new byte[8192];
      long rest = 0;
      for (int count = source.read(chunk, 0, chunk.length);
          count >= 0;
          count = source.read(chunk, 0, chunk.length)) {
        rest += count;
        if (rest > MOST_BEHIND_END) {
          throw new IOException("There is more behind its end.");
        }
      }
    }

    @Override
    public InputStream content() {
      return tar.content();
    }

    @Override
    public long consumed() {
      return tar.consumed();
    }

    @Override
    public void close() throws IOException {
      tar.close();
    }
  }
}
