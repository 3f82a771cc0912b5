package dev.hearth.runtime.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Files of Hearth's own that nobody writes any more, kept as gzip beside their names. At each
 * moment one of the two is there and whole, also when the machine stops.
 */
public final class Compressed {
  private static final int BLOCK = 64 << 10;

  private Compressed() {}

  /** Where the compressed form of a file stands. */
  public static Path of(Path file) {
    return file.resolveSibling(file.getFileName() + ".gz");
  }

  /**
   * Where the content of a file is: in itself, or in its compressed form where that is all there
   * is.
   */
  public static Path place(Path file) {
    return Files.exists(file) || !Files.exists(of(file)) ? file : of(file);
  }

  /** Reads a file, or its compressed form where that is all there is. */
  public static InputStream open(Path file) throws IOException {
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      if (Files.exists(of(file))) {
        return new GZIPInputStream(Files.newInputStream(of(file)), BLOCK);
      }
      throw e;
    }
  }

  /** Puts the compressed form in place of a file; one that is not there is left alone. */
  public static void compress(Path file) throws IOException {
    if (Files.exists(file)) {
      replace(file, of(file), Form.GZIP);
    }
  }

  /** Puts a file in place of its compressed form, so that it can be written again. */
  public static void restore(Path file) throws IOException {
    if (!Files.exists(file) && Files.exists(of(file))) {
      replace(of(file), file, Form.PLAIN);
    }
  }

  private enum Form {
    GZIP,
    PLAIN
  }

  private static void replace(Path old, Path fresh, Form form) throws IOException {
    var folder = new PrivateFolder(old.resolveSibling(""));
    var part = Files.createTempFile(folder.path(), ".hearth-", ".new", PrivateFolder.FILE_MODE);
    try {
      try (var in = form == Form.GZIP ? Files.newInputStream(old) : open(fresh);
          var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        var out = Channels.newOutputStream(channel);
        if (form == Form.GZIP) {
          var gzip = new GZIPOutputStream(out, BLOCK);
          in.transferTo(gzip);
          gzip.finish();
        } else {
          in.transferTo(out);
        }
        channel.force(true);
      }
      Files.setLastModifiedTime(part, Files.getLastModifiedTime(old));
      Files.move(part, fresh, StandardCopyOption.ATOMIC_MOVE);
      folder.force();
      Files.delete(old);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
