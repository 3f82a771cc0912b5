package dev.hearth.runtime.storage;

import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder of Hearth's own, with mode 0700. It is made when something is first put into it.
 *
 * <p>The folder itself may be a symbolic link, as people keep their settings elsewhere; whoever can
 * change the link owns the folder anyway. One that others may write into is refused, as they could
 * put files there that Hearth would believe.
 */
public final class PrivateFolder {
  static final FileAttribute<Set<PosixFilePermission>> FOLDER_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  static final FileAttribute<Set<PosixFilePermission>> FILE_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path path;

  public PrivateFolder(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  public Path path() {
    return path;
  }

  /** A folder in this one; nothing is made yet. */
  public PrivateFolder in(String name) {
    return new PrivateFolder(path.resolve(name));
  }

  /** Makes the folder and what is missing above it, all 0700. Doing so twice is fine. */
  public PrivateFolder create() {
    makeIfMissing();
    try {
      refuseWritableByOthers();
    } catch (IOException e) {
      throw new HearthException(StorageError.NOT_READ, path).with("reason", reason(e)).causedBy(e);
    }
    return this;
  }

  private void makeIfMissing() {
    try {
      var missing = new ArrayDeque<Path>();
      for (var at = path; at != null && !Files.isDirectory(at); at = at.getParent()) {
        missing.push(at);
      }
      for (var each : missing) {
        createOne(each);
      }
    } catch (IOException e) {
      throw new HearthException(StorageError.FOLDER_NOT_CREATED, path)
          .with("reason", reason(e))
          .causedBy(e);
    }
  }

  private static void createOne(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, FOLDER_MODE);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) { // else another Hearth was faster
        throw e;
      }
    }
  }

  void refuseWritableByOthers() throws IOException {
    var mode = Files.getPosixFilePermissions(path);
    if (mode.contains(PosixFilePermission.GROUP_WRITE)
        || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new HearthException(
          StorageError.FOLDER_OPEN_TO_OTHERS, path, PosixFilePermissions.toString(mode));
    }
  }

  /**
   * Makes a folder in this one.
   *
   * @return the new folder; empty when there is something of that name already
   */
  public Optional<PrivateFolder> createNew(String name) {
    create();
    try {
      Files.createDirectory(path.resolve(name), FOLDER_MODE);
      return Optional.of(in(name));
    } catch (FileAlreadyExistsException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new HearthException(StorageError.FOLDER_NOT_CREATED, path.resolve(name))
          .with("reason", reason(e))
          .causedBy(e);
    }
  }

  /**
   * A file in this folder that only the user may read, made empty when there is none. For libraries
   * that write files of their own, with a mode of their own.
   */
  public Path file(String name) {
    create();
    var file = path.resolve(name);
    try {
      Files.createFile(file, FILE_MODE);
    } catch (FileAlreadyExistsException e) {
      return file;
    } catch (IOException e) {
      throw new HearthException(StorageError.NOT_WRITTEN, file)
          .with("reason", reason(e))
          .causedBy(e);
    }
    return file;
  }

  /** The names of all that is in this folder, in no order. */
  public List<String> names() {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (var entries = Files.newDirectoryStream(path)) {
      var names = new ArrayList<String>();
      entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
      return names;
    } catch (IOException e) {
      throw new HearthException(StorageError.NOT_READ, path).with("reason", reason(e)).causedBy(e);
    }
  }

  /** Removes a folder of this one with all that is in it; links in it are removed, not followed. */
  public void remove(String name) {
    var folder = path.resolve(name);
    try (var all = Files.walk(folder)) {
      for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new HearthException(StorageError.NOT_WRITTEN, folder)
          .with("reason", reason(e))
          .causedBy(e);
    }
  }

  /** Whether there is a folder of that name in this one; a link to a folder is none. */
  public boolean hasFolder(String name) {
    return Files.isDirectory(path.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Makes what was created, renamed or removed here survive a power cut. An interrupt meanwhile is
   * kept for later, as what is half on the disk helps nobody.
   */
  void force() throws IOException {
    var interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        try (var folder = FileChannel.open(path, StandardOpenOption.READ)) {
          folder.force(true);
          return;
        } catch (ClosedByInterruptException e) {
          interrupted = true; // and once more without it
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The real place of this folder, behind all links, also when it does not exist yet. */
  public Path real() {
    for (var at = path; at != null; at = at.getParent()) {
      var real = realPath(at);
      if (real.isPresent()) {
        return real.get().resolve(at.relativize(path)).normalize();
      }
    }
    return path;
  }

  private static Optional<Path> realPath(Path path) {
    try {
      return Optional.of(path.toRealPath());
    } catch (IOException e) {
      return Optional.empty(); // it does not exist or may not be seen; its parent may
    }
  }

  /** What the system said, without the class name that {@code toString} would add. */
  static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.AccessDeniedException _ -> "permission denied";
      case java.nio.file.NoSuchFileException _ -> "it does not exist";
      case java.nio.charset.CharacterCodingException _ -> "it is not UTF-8";
      case FileAlreadyExistsException _ -> "there is something else of that name";
      case java.nio.file.FileSystemException f when f.getReason() != null -> f.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
