package dev.hearth.runtime.effect.file;

import dev.hearth.runtime.effect.FileMode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.Set;

/**
 * An open folder. Names mean what is in this very folder, wherever its path leads by now, and no
 * operation follows a link.
 */
interface Folder extends AutoCloseable {
  /**
   * Opens a folder by its path. Where the system cannot hold a folder open, or may pass through it
   * and not read it, a {@link PathFolder} stands in.
   */
  static Folder open(Path real) throws IOException {
    try {
      var stream = real.getFileSystem().provider().newDirectoryStream(real, _ -> true);
      if (stream instanceof SecureDirectoryStream<Path> secure) {
        return new SecureFolder(real, secure);
      }
      stream.close();
      return new PathFolder(real);
    } catch (AccessDeniedException e) {
      if (Files.isDirectory(real) && Files.isExecutable(real)) {
        return new PathFolder(real);
      }
      throw e;
    }
  }

  Folder child(String name) throws IOException;

  FileChannel open(String name, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException;

  PosixFileAttributes stat(String name) throws IOException;

  List<String> names() throws IOException;

  void setMode(String name, FileMode mode) throws IOException;

  void setModified(String name, FileTime time) throws IOException;

  void makeLink(String name, Path target) throws IOException;

  Path readLink(String name) throws IOException;

  void makeFolder(String name, FileAttribute<?>... attributes) throws IOException;

  void deleteFile(String name) throws IOException;

  void deleteFolder(String name) throws IOException;

  void rename(String name, Folder to, String newName) throws IOException;

  /** Brings the folder's list of names to the disk. */
  void force() throws IOException;

  Path path();

  @Override
  void close() throws IOException;
}
