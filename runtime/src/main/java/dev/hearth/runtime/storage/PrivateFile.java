package dev.hearth.runtime.storage;

import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Supplier;

/** A small text that only the user may read, such as a key. */
public final class PrivateFile {
  private static final int BIGGEST = 16 << 20;

  private final Path path;

  public PrivateFile(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  public Path path() {
    return path;
  }

  /**
   * What is in it; empty when there is none.
   *
   * @throws HearthException when it is no file, or others can open it
   */
  public Optional<String> read() {
    try {
      if (!Files.exists(path)) {
        refuseDeadLink();
        return Optional.empty();
      }
      requireFile(path);
      refuseReadableByOthers(path);
      if (Files.size(path) > BIGGEST) {
        throw new HearthException(StorageError.TOO_BIG, path, BIGGEST);
      }
      return Optional.of(Files.readString(path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new HearthException(StorageError.NOT_READ, path)
          .with("reason", PrivateFolder.reason(e))
          .causedBy(e);
    }
  }

  /**
   * To what a dead link leads nothing is written: a key would lie where somebody else wanted it.
   */
  private void refuseDeadLink() {
    if (Files.isSymbolicLink(path)) {
      throw new HearthException(StorageError.DEAD_LINK, path);
    }
  }

  /** Reading a pipe would wait for ever, and a device would never end. */
  static void requireFile(Path path) {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new HearthException(
          StorageError.NOT_A_FILE,
          path,
          Files.isDirectory(path) ? "a folder" : "a pipe, a socket or a device");
    }
  }

  static void refuseReadableByOthers(Path path) throws IOException {
    var mode = Files.getPosixFilePermissions(path);
    var own =
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE);
    if (!own.containsAll(mode)) {
      throw new HearthException(
          StorageError.READABLE_BY_OTHERS, path, PosixFilePermissions.toString(mode));
    }
  }

  /**
   * What is in it; when there is none it is made, by one Hearth of several that begin at once.
   *
   * @param fresh what is to be in it then
   */
  public String readOrCreate(Supplier<String> fresh) {
    var there = read();
    if (there.isPresent()) {
      return there.get();
    }
    change(
        () -> {
          if (read().isEmpty()) { // else another Hearth was faster
            Exclusive.replace(path, fresh.get().getBytes(StandardCharsets.UTF_8));
          }
        });
    return read().orElseThrow(() -> new HearthException(StorageError.NOT_READ, path));
  }

  /** Puts a text in place of what is in it, whole or not at all. */
  public void write(String text) {
    change(() -> Exclusive.replace(path, text.getBytes(StandardCharsets.UTF_8)));
  }

  private void change(Exclusive.Change change) {
    try {
      Exclusive.holding(path, change);
    } catch (IOException e) {
      throw new HearthException(StorageError.NOT_WRITTEN, path)
          .with("reason", PrivateFolder.reason(e))
          .causedBy(e);
    }
  }

  /**
   * Makes a file for a text that somebody is to edit; {@link #wipe} it.
   *
   * @param folder where; best one in memory
   */
  public static PrivateFile temporary(PrivateFolder folder, String suffix, String text) {
    folder.create();
    try {
      var file = Files.createTempFile(folder.path(), "edit-", suffix, PrivateFolder.FILE_MODE);
      Exclusive.write(file, text.getBytes(StandardCharsets.UTF_8));
      return new PrivateFile(file);
    } catch (IOException e) {
      throw new HearthException(StorageError.NOT_WRITTEN, folder.path())
          .with("reason", PrivateFolder.reason(e))
          .causedBy(e);
    }
  }

  /**
   * Writes zeros over the text, then removes the file; one that is gone is fine. On a disk, and in
   * backups of it, older copies may stay all the same.
   */
  public void wipe() {
    remove(
        () -> {
          if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            Exclusive.overwrite(path);
          }
        });
  }

  /** Removes the file at once; one that is gone is fine. */
  public void remove() {
    remove(() -> {});
  }

  private void remove(Exclusive.Change before) {
    try {
      before.apply();
      Files.deleteIfExists(path);
      new PrivateFolder(path.resolveSibling("")).force();
    } catch (IOException e) {
      throw new HearthException(StorageError.NOT_REMOVED, path)
          .with("reason", PrivateFolder.reason(e))
          .causedBy(e);
    }
  }

  /** Says where, and nothing of what. */
  @Override
  public String toString() {
    return path.toString();
  }
}
