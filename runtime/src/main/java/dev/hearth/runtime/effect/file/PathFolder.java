package dev.hearth.runtime.effect.file;

import dev.hearth.runtime.effect.FileMode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A folder known by its path, where the system cannot hold it open. Each operation first asks
 * whether the path is still without links; who replaces a folder above between that question and
 * the operation wins.
 */
record PathFolder(Path path) implements Folder {
  @Override
  public Folder child(String name) throws IOException {
    var child = checked(name);
    if (Files.isSymbolicLink(child)) {
      throw new LinkInTheWay(child);
    }
    if (!stat(name).isDirectory()) {
      throw new NotDirectoryException(child.toString());
    }
    return new PathFolder(child.normalize());
  }

  @Override
  public FileChannel open(
      String name, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    var all = new HashSet<OpenOption>(options);
    all.add(LinkOption.NOFOLLOW_LINKS);
    var file = checked(name);
    if (Files.isSymbolicLink(file)) {
      throw new LinkInTheWay(file);
    }
    return FileChannel.open(file, all, attributes);
  }

  @Override
  public PosixFileAttributes stat(String name) throws IOException {
    return Files.readAttributes(
        checked(name), PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public List<String> names() throws IOException {
    try (var entries = Files.list(checked("."))) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
    }
  }

  @Override
  public void setMode(String name, FileMode mode) throws IOException {
    Files.getFileAttributeView(
            checked(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setPermissions(mode.permissions());
  }

  @Override
  public void setModified(String name, FileTime time) throws IOException {
    Files.getFileAttributeView(
            checked(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(time, null, null);
  }

  @Override
  public void makeLink(String name, Path target) throws IOException {
    Files.createSymbolicLink(checked(name), target);
  }

  @Override
  public Path readLink(String name) throws IOException {
    return Files.readSymbolicLink(checked(name));
  }

  @Override
  public void makeFolder(String name, FileAttribute<?>... attributes) throws IOException {
    Files.createDirectory(checked(name), attributes);
  }

  @Override
  public void deleteFile(String name) throws IOException {
    Files.delete(checked(name));
  }

  @Override
  public void deleteFolder(String name) throws IOException {
    Files.delete(checked(name));
  }

  @Override
  public void rename(String name, Folder to, String newName) throws IOException {
    Files.move(checked(name), to.path().resolve(newName), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void force() throws IOException {
    try (var self = FileChannel.open(path, StandardOpenOption.READ)) {
      self.force(true);
    } catch (AccessDeniedException mayPassButNotRead) {
      // Such a folder cannot be forced; the file itself was.
    }
  }

  @Override
  public void close() {}

  private Path checked(String name) throws IOException {
    if (!path.toRealPath().equals(path)) {
      throw new LinkInTheWay(path);
    }
    return name.equals(".") ? path : path.resolve(name);
  }
}
