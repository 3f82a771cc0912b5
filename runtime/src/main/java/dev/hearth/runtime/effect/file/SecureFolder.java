package dev.hearth.runtime.effect.file;

import dev.hearth.runtime.effect.FileMode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A folder that the system holds open: {@code openat} and its like with {@code O_NOFOLLOW}.
 *
 * <p>Java has no {@code mkdirat}, so {@link #makeFolder} goes by the path: who replaces a folder
 * above by a link in that moment gets an empty folder made elsewhere, and nothing put into it.
 * Links are made and read by the path, too: one that was made elsewhere has a name that nobody
 * looks for.
 */
record SecureFolder(Path path, SecureDirectoryStream<Path> stream) implements Folder {
  private static final Path SELF = Path.of(".");

  @Override
  public Folder child(String name) throws IOException {
    try {
      var child = stream.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS);
      return new SecureFolder(path.resolve(name).normalize(), child);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw linkOr(name, e);
    }
  }

  @Override
  public FileChannel open(
      String name, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    var all = new HashSet<OpenOption>(options);
    all.add(LinkOption.NOFOLLOW_LINKS);
    try {
      return (FileChannel) stream.newByteChannel(Path.of(name), all, attributes);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw linkOr(name, e);
    }
  }

  @Override
  public PosixFileAttributes stat(String name) throws IOException {
    return view(name).readAttributes();
  }

  @Override
  public List<String> names() throws IOException {
    // A stream is read once; a second one on the same folder keeps this one usable.
    try (var again = stream.newDirectoryStream(SELF, LinkOption.NOFOLLOW_LINKS)) {
      var names = new ArrayList<String>();
      again.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
      return names;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  @Override
  public void setMode(String name, FileMode mode) throws IOException {
    view(name).setPermissions(mode.permissions());
  }

  @Override
  public void setModified(String name, FileTime time) throws IOException {
    view(name).setTimes(time, null, null);
  }

  @Override
  public void makeLink(String name, Path target) throws IOException {
    var temporary = ".hearth-" + UUID.randomUUID();
    Files.createSymbolicLink(path.resolve(temporary), target);
    if (exists(name)) { // a rename would replace it
      stream.deleteFile(Path.of(temporary));
      throw new FileAlreadyExistsException(path.resolve(name).toString());
    }
    stream.move(Path.of(temporary), stream, Path.of(name));
  }

  private boolean exists(String name) throws IOException {
    try {
      stat(name);
      return true;
    } catch (NoSuchFileException nothingThere) {
      return false;
    }
  }

  @Override
  public Path readLink(String name) throws IOException {
    if (!path.toRealPath().equals(path)) {
      throw new LinkInTheWay(path);
    }
    return Files.readSymbolicLink(path.resolve(name));
  }

  @Override
  public void makeFolder(String name, FileAttribute<?>... attributes) throws IOException {
    Files.createDirectory(path.resolve(name), attributes);
  }

  @Override
  public void deleteFile(String name) throws IOException {
    stream.deleteFile(Path.of(name));
  }

  @Override
  public void deleteFolder(String name) throws IOException {
    stream.deleteDirectory(Path.of(name));
  }

  @Override
  public void rename(String name, Folder to, String newName) throws IOException {
    if (to instanceof SecureFolder(_, var target)) {
      stream.move(Path.of(name), target, Path.of(newName));
    } else {
      Files.move(path.resolve(name), to.path().resolve(newName), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @Override
  public void force() throws IOException {
    try (var self = (FileChannel) stream.newByteChannel(SELF, Set.of(StandardOpenOption.READ))) {
      self.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  private IOException linkOr(String name, IOException failure) throws IOException {
    return stat(name).isSymbolicLink() ? new LinkInTheWay(path.resolve(name)) : failure;
  }

  private PosixFileAttributeView view(String name) {
    return stream.getFileAttributeView(
        Path.of(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }
}
