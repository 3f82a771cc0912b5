package dev.hearth.runtime.effect;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Files and folders, behind the gate. Relative paths start at the working directory of this
 * program. Links are followed, and what they lead to is what has to be granted; {@link #delete},
 * {@link #deleteTree}, {@link #move} and whatever has "link" in its name take the link itself.
 *
 * <p>Every method blocks and fails with a {@link dev.hearth.runtime.HearthException} whose code is
 * a {@link FileError}, or one of the gate's.
 */
public interface Files {
  /** The whole content of a file; at most {@link Limit#FILE_READ_BYTES}. */
  byte[] read(Path file);

  /** The whole content of a file as UTF-8; what is no UTF-8 becomes the replacement character. */
  default String readText(Path file) {
    return new String(read(file), StandardCharsets.UTF_8);
  }

  /** The content of a file, of any size, as a stream that the caller closes. */
  InputStream open(Path file);

  /** The content of a file, of any size, to be read from anywhere in it; the caller closes it. */
  SeekableByteChannel openAnywhere(Path file);

  /**
   * Makes a file of mode 0600 where nothing stands, written bit by bit: not at once, and not
   * brought to the disk before the system does so. For what nobody looks at before it is whole.
   */
  OutputStream create(Path file);

  /**
   * Replaces or creates a file at once: whoever reads it sees the old content or the new, also
   * after a crash. A file that is replaced keeps its mode; a new one has what the umask leaves of
   * 0666.
   */
  void write(Path file, byte[] content);

  /** Replaces or creates a file at once, with this mode. */
  void write(Path file, byte[] content, FileMode mode);

  /** Replaces or creates a file at once, as UTF-8. */
  default void writeText(Path file, String content) {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /** As {@link #write(Path, byte[])}, for content of any size that is written bit by bit. */
  FileReplacement replace(Path file);

  /** As {@link #write(Path, byte[], FileMode)}, for content that is written bit by bit. */
  FileReplacement replace(Path file, FileMode mode);

  /** Adds to the end of a file, which is created when it is not there. */
  void append(Path file, byte[] content);

  /** The names of what is in a folder, sorted, without {@code .} and {@code ..}. */
  List<String> list(Path folder);

  /** What is in a folder, sorted by name; what is removed meanwhile is left out. */
  List<FolderEntry> entries(Path folder);

  /** Begins to watch a folder, not those below it; the caller closes the watch. */
  FolderWatch watch(Path folder);

  /** What stands at a path, behind links; empty when nothing does. */
  Optional<FileStat> stat(Path path);

  /** What stands at a path, be it a link; empty when nothing does. */
  Optional<FileStat> statLink(Path path);

  /** Whether anything stands at a path, behind links. */
  default boolean exists(Path path) {
    return stat(path).isPresent();
  }

  /** Makes a folder and those above it; one that is already there is kept. */
  void makeFolders(Path folder);

  /** Deletes a file, a link or an empty folder; nothing happens when it is not there. */
  void delete(Path path);

  /** Deletes a folder with all that is in it, following no link; nothing happens without one. */
  void deleteTree(Path folder);

  /**
   * The same for whoever clears up and may be interrupted already, which would end it before it
   * began: the interrupt is kept for afterwards.
   */
  default void deleteTreeThoughInterrupted(Path folder) {
    boolean isInterrupted = Thread.interrupted();
    try {
      deleteTree(folder);
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Copies a file with its mode; {@code to} is replaced at once. */
  void copy(Path from, Path to);

  /**
   * Moves a file, a link or a folder within one file system; a file at {@code to} is replaced. A
   * link that is moved, also within a folder, must be allowed to be where it arrives, as {@link
   * #makeLink} says.
   */
  void move(Path from, Path to);

  /** Changes who may read, write and execute what stands at a path, behind links. */
  void setMode(Path path, FileMode mode);

  /** Says when the content of what stands at a path was last changed, behind links. */
  void setModified(Path path, Instant time);

  /**
   * Makes a symbolic link where nothing stands. What it leads to need not exist, and has to be
   * granted for reading and writing, since others will go through it.
   *
   * @param target from the folder of the link on, unless it is absolute; {@code ..} stands in it
   *     before all names or not at all
   */
  void makeLink(Path link, Path target);

  /** What a symbolic link leads to, as it is written in it. */
  Path readLink(Path link);

  /** Makes an empty file of mode 0600 with a name that nobody has, in {@code folder}. */
  Path makeTemporaryFile(Path folder, String prefix);

  /** Makes an empty folder of mode 0700 with a name that nobody has, in {@code folder}. */
  Path makeTemporaryFolder(Path folder, String prefix);

  /** The path without any link in it. */
  Path realPath(Path path);
}
