package dev.hearth.runtime.storage;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that only grows, record by record. Not safe for several threads.
 *
 * <p>It is a {@link RandomAccessFile} and no channel on purpose: a channel closes itself for good
 * when the thread that uses it is interrupted, and interrupting is how Hearth cancels operations.
 */
public final class AppendFile implements Closeable {
  private final RandomAccessFile file;

  /** Those that must be forced before the file is sure to be found again; then none. */
  private final List<PrivateFolder> unforced;

  private long end;

  private AppendFile(RandomAccessFile file, List<PrivateFolder> unforced) {
    this.file = file;
    this.unforced = new ArrayList<>(unforced);
  }

  /** Makes a file with mode 0600 that did not exist before; a link of that name counts as one. */
  public static AppendFile create(PrivateFolder folder, String name) throws IOException {
    var path = folder.path().resolve(name);
    Files.createFile(path, PrivateFolder.FILE_MODE);
    return new AppendFile(
        open(path), List.of(folder, new PrivateFolder(folder.path().resolveSibling(""))));
  }

  /** Continues a file of this folder as {@link #reopen} does, or makes it as {@link #create}. */
  public static AppendFile open(PrivateFolder folder, String name) throws IOException {
    return Files.exists(folder.path().resolve(name), LinkOption.NOFOLLOW_LINKS)
        ? reopen(folder, name)
        : create(folder, name);
  }

  /**
   * Continues a file of this folder after its last whole line; what stands behind that was torn by
   * a crash and is cut off. A link is refused.
   */
  public static AppendFile reopen(PrivateFolder folder, String name) throws IOException {
    var path = folder.path().resolve(name);
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(path.toString());
    }
    var file = new AppendFile(open(path), List.of());
    try {
      file.cutTornLine();
      return file;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private void cutTornLine() throws IOException {
    end = file.length();
    while (end > 0 && byteBefore(end) != '\n') {
      end--;
    }
    file.setLength(end);
  }

  private int byteBefore(long position) throws IOException {
    file.seek(position - 1);
    return file.read();
  }

  /** Continues a file that exists; tests open devices with it. */
  static AppendFile on(Path path) throws FileNotFoundException {
    return new AppendFile(open(path), List.of());
  }

  private static RandomAccessFile open(Path path) throws FileNotFoundException {
    return new RandomAccessFile(path.toFile(), "rw");
  }

  /**
   * Appends a record. It survives a crash of this process; {@link #force} makes it survive one of
   * the machine. When writing fails, what was written of it is taken back, so that the next record
   * does not follow on a torn one.
   */
  public void append(byte[] record) throws IOException {
    try {
      file.seek(end);
      file.write(record);
      end += record.length;
    } catch (IOException e) {
      takeBack(e);
      throw e;
    }
  }

  private void takeBack(IOException first) {
    try {
      file.setLength(end);
    } catch (IOException e) {
      first.addSuppressed(e);
    }
  }

  /** Makes all records survive a power cut, and the file with the folder that it is in. */
  public void force() throws IOException {
    file.getFD().sync();
    while (!unforced.isEmpty()) {
      unforced.getFirst().force();
      unforced.removeFirst();
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
