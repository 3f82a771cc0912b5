package dev.hearth.stdlib.archive;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.BlockInput;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Packs files, folders and links into an archive, which is there when it is whole. */
final class Packing {
  /** The first time that a zip can say. */
  private static final Instant FIXED = Instant.parse("1980-01-01T00:00:00Z");

  /**
   * How it is written.
   *
   * @param reproducible the same content gives the same archive: times are fixed, and of the modes
   *     counts only whether a file is executed
   */
  record Form(Format format, int level, boolean reproducible) {}

  private final Files files;
  private final Form form;

  Packing(Files files, Form form) {
    this.files = files;
    this.form = form;
  }

  void pack(List<Tree.Item> items, Path archive) {
    if (form.format().isOneFile()
        && (items.size() != 1 || items.getFirst().type() != FileStat.Type.FILE)) {
      throw new HearthException(ArchiveError.ONE_FILE, VisibleText.of(archive));
    }
    try (var replacement = files.replace(archive)) {
      var writer = writer(replacement.output());
      for (var item : items) {
        write(item, writer);
      }
      writer.finish();
      replacement.commit();
    } catch (IOException e) {
      throw Source.failure(archive.toString(), e);
    }
  }

  private ArchiveWriter writer(OutputStream replaced) throws IOException {
    var output = new OpenOutput(replaced);
    return switch (form.format()) {
      case TAR, TAR_GZ, TAR_ZST -> new TarWriter(output, form.format().compression(), form.level());
      case ZIP -> new ZipWriter(output, form.level());
      case GZ, ZST -> new OneFileWriter(output, form.format().compression(), form.level());
    };
  }

  void write(Tree.Item item, ArchiveWriter writer) throws IOException {
    var head = new ArchiveWriter.Head(item.name(), mode(item), modified(item));
    switch (item.type()) {
      case FOLDER -> writer.folder(head);
      case LINK -> writer.link(head, files.readLink(item.path()).toString());
      case FILE -> {
        try (var content = new ExactContent(item, files.open(item.path()))) {
          writer.file(head, item.sizeBytes(), content);
        }
      }
      case OTHER -> throw new IllegalStateException("A tree leaves them out.");
    }
  }

  private int mode(Tree.Item item) {
    if (!form.reproducible()) {
      return item.mode().bits();
    }
    var isExecuted = (item.mode().bits() & 0100) != 0 || item.type() != FileStat.Type.FILE;
    return new FileMode(isExecuted ? 0755 : 0644).bits();
  }

  private Instant modified(Tree.Item item) {
    return form.reproducible() ? FIXED : item.modified().truncatedTo(ChronoUnit.SECONDS);
  }

  /** As many bytes of a file as were there when it was looked at: its head says so already. */
  private static final class ExactContent extends BlockInput {
    private final Tree.Item item;
    private final InputStream content;
    private long left;

    ExactContent(Tree.Item item, InputStream content) {
      this.item = item;
      this.content = content;
      this.left = item.sizeBytes();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0) {
        return length == 0 ? 0 : -1;
      }
      var read = content.read(target, offset, (int) Math.min(length, left));
      if (read < 0) {
        throw new HearthException(ArchiveError.CHANGED, VisibleText.of(item.path()));
      }
      left -= read;
      return read;
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }

  /** What may be closed as often as a library likes: the replacement is closed by who made it. */
  private static final class OpenOutput extends java.io.FilterOutputStream {
    OpenOutput(OutputStream output) {
      super(output);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      out.write(source, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
