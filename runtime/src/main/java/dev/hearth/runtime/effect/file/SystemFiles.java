package dev.hearth.runtime.effect.file;

import static dev.hearth.runtime.effect.file.Door.Last.FOLLOWED;
import static dev.hearth.runtime.effect.file.Door.Last.ITSELF;
import static dev.hearth.runtime.effect.file.Door.Use.READ;
import static dev.hearth.runtime.effect.file.Door.Use.REMOVE;
import static dev.hearth.runtime.effect.file.Door.Use.WRITE;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.FileReplacement;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.FolderEntry;
import dev.hearth.runtime.effect.FolderWatch;
import dev.hearth.runtime.effect.Limit;
import dev.hearth.runtime.effect.LimitError;
import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The files of this machine. Each path passes the {@link Door}, and is then walked without
 * following any link, so that what was checked is what is used.
 */
public final class SystemFiles implements Files {
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(FileMode.PRIVATE.permissions());

  // As long as an array can be.
  private static final long MOST_BYTES = Integer.MAX_VALUE - 8L;

  private final Door door;
  private final Limits limits;
  private final Links links;

  /** Files behind {@code door}. */
  public SystemFiles(Door door, Limits limits) {
    this.door = door;
    this.limits = limits;
    this.links = new Links(door);
  }

  @Override
  public byte[] read(Path file) {
    var limit = limits.get(Limit.FILE_READ_BYTES);
    return attempt(
        file,
        () -> {
          try (var channel = openToRead(file);
              var input = Channels.newInputStream(channel)) {
            // The size may lie (procfs) and grow: what counts is what comes.
            var content = input.readNBytes(Math.toIntExact(Math.min(limit, MOST_BYTES)));
            if (content.length >= limit && input.read() >= 0) {
              throw new HearthException(
                  LimitError.FILE_TOO_LARGE,
                  VisibleText.of(file),
                  limit,
                  Limit.FILE_READ_BYTES.setting());
            }
            return content;
          }
        });
  }

  @Override
  public InputStream open(Path file) {
    return attempt(file, () -> Channels.newInputStream(openToRead(file)));
  }

  @Override
  public SeekableByteChannel openAnywhere(Path file) {
    return attempt(file, () -> openToRead(file));
  }

  @Override
  public OutputStream create(Path file) {
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return attempt(
        file,
        () -> {
          try (var place = door.way(file, ITSELF, Set.of(WRITE)).walk()) {
            return Channels.newOutputStream(place.folder().open(place.name(), options, PRIVATE));
          }
        });
  }

  private FileChannel openToRead(Path file) throws IOException {
    try (var place = door.way(file, FOLLOWED, Set.of(READ)).walk()) {
      requireFile(file, place);
      return place.folder().open(place.name(), Set.of(StandardOpenOption.READ));
    }
  }

  // Opening a pipe would wait for its other end, for ever.
  private static void requireFile(Path asked, Place place) throws IOException {
    var stat = place.folder().stat(place.name());
    if (stat.isSymbolicLink()) { // its end does not exist, or it would have been followed
      throw new NoSuchFileException(asked.toString());
    }
    if (!stat.isRegularFile()) {
      throw new HearthException(FileError.NOT_A_FILE, VisibleText.of(asked));
    }
  }

  @Override
  public void write(Path file, byte[] content) {
    write(file, content, Optional.empty());
  }

  @Override
  public void write(Path file, byte[] content, FileMode mode) {
    write(file, content, Optional.of(mode));
  }

  private void write(Path file, byte[] content, Optional<FileMode> mode) {
    try (var replacement = replace(file, mode)) {
      replacement.output().write(content);
      replacement.commit();
    } catch (IOException e) {
      throw FileFailure.of(file, e);
    }
  }

  @Override
  public FileReplacement replace(Path file) {
    return replace(file, Optional.empty());
  }

  @Override
  public FileReplacement replace(Path file, FileMode mode) {
    return replace(file, Optional.of(mode));
  }

  private FileReplacement replace(Path file, Optional<FileMode> mode) {
    return attempt(
        file,
        () -> AtomicReplacement.begin(file, door.way(file, FOLLOWED, Set.of(WRITE)).walk(), mode));
  }

  @Override
  public void append(Path file, byte[] content) {
    var options =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE);
    attempt(
        file,
        () -> {
          try (var place = door.way(file, FOLLOWED, Set.of(WRITE)).walk()) {
            if (Looking.at(place).filter(SystemFiles::isNoFile).isPresent()) {
              throw new HearthException(FileError.NOT_A_FILE, VisibleText.of(file));
            }
            try (var channel = place.folder().open(place.name(), options)) {
              for (var rest = ByteBuffer.wrap(content); rest.hasRemaining(); ) {
                channel.write(rest);
              }
            }
          }
          return content.length;
        });
  }

  private static boolean isNoFile(FileStat stat) {
    return stat.type() == FileStat.Type.FOLDER || stat.type() == FileStat.Type.OTHER;
  }

  @Override
  public List<String> list(Path folder) {
    return attempt(
        folder,
        () -> {
          try (var place = door.way(folder, FOLLOWED, Set.of(READ)).walk();
              var open = place.folder().child(place.name())) {
            return open.names().stream().sorted().toList();
          }
        });
  }

  @Override
  public List<FolderEntry> entries(Path folder) {
    return attempt(
        folder,
        () -> {
          try (var place = door.way(folder, FOLLOWED, Set.of(READ)).walk();
              var open = place.folder().child(place.name())) {
            return Looking.in(open);
          }
        });
  }

  @Override
  public FolderWatch watch(Path folder) {
    return attempt(
        folder,
        () -> {
          var real = door.way(folder, FOLLOWED, Set.of(READ)).real();
          return SystemFolderWatch.of(folder, real);
        });
  }

  @Override
  public void setMode(Path path, FileMode mode) {
    attempt(
        path,
        () -> {
          try (var place = door.way(path, FOLLOWED, Set.of(WRITE)).walk()) {
            place.folder().setMode(place.name(), mode);
          }
          return path;
        });
  }

  @Override
  public void setModified(Path path, Instant time) {
    attempt(
        path,
        () -> {
          try (var place = door.way(path, FOLLOWED, Set.of(WRITE)).walk()) {
            place.folder().setModified(place.name(), FileTime.from(time));
          }
          return path;
        });
  }

  @Override
  public Optional<FileStat> stat(Path path) {
    // A link here leads to nothing, or it would have been followed.
    return stat(path, FOLLOWED).filter(stat -> stat.type() != FileStat.Type.LINK);
  }

  @Override
  public Optional<FileStat> statLink(Path path) {
    return stat(path, ITSELF);
  }

  private Optional<FileStat> stat(Path path, Door.Last last) {
    return attempt(
        path,
        () -> {
          try (var place = door.way(path, last, Set.of(READ)).walk()) {
            return Looking.at(place);
          } catch (NoSuchFileException | NotDirectoryException nothingThere) {
            return Optional.empty();
          }
        });
  }

  @Override
  public void makeFolders(Path folder) {
    attempt(
        folder,
        () -> {
          door.way(folder, FOLLOWED, Set.of(WRITE)).make();
          return folder;
        });
  }

  @Override
  public void delete(Path path) {
    attempt(
        path,
        () -> {
          try (var place = door.way(path, ITSELF, Set.of(REMOVE)).walk()) {
            Tree.deleteOne(place.folder(), place.name());
          } catch (NoSuchFileException alreadyGone) {
            // As was asked for.
          }
          return path;
        });
  }

  @Override
  public void deleteTree(Path folder) {
    attempt(
        folder,
        () -> {
          try (var place = door.way(folder, ITSELF, Set.of(REMOVE)).walk()) {
            Tree.deleteAll(place.folder(), place.name());
          } catch (NoSuchFileException alreadyGone) {
            // As was asked for.
          }
          return folder;
        });
  }

  @Override
  public void copy(Path from, Path to) {
    attempt(
        from,
        () -> {
          try (var source = openToRead(from);
              var input = Channels.newInputStream(source)) {
            var mode = stat(from).map(FileStat::mode);
            try (var replacement = replace(to, mode)) {
              input.transferTo(replacement.output());
              replacement.commit();
            }
          }
          return to;
        });
  }

  @Override
  public void move(Path from, Path to) {
    attempt(
        from,
        () -> {
          // Whoever may read the target's folder could read what arrives there.
          var source = door.way(from, ITSELF, Set.of(READ, REMOVE));
          var target = door.way(to, ITSELF, Set.of(REMOVE));
          try (var old = source.walk();
              var place = target.walk()) {
            links.requireMovable(old, source.real(), target.real());
            old.folder().rename(old.name(), place.folder(), place.name());
          }
          return to;
        });
  }

  @Override
  public void makeLink(Path link, Path target) {
    attempt(
        link,
        () -> {
          links.make(link, target);
          return link;
        });
  }

  @Override
  public Path readLink(Path link) {
    return attempt(link, () -> links.read(link));
  }

  @Override
  public Path makeTemporaryFile(Path folder, String prefix) {
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return makeTemporary(
        folder, prefix, place -> place.folder().open(place.name(), options, PRIVATE).close());
  }

  @Override
  public Path makeTemporaryFolder(Path folder, String prefix) {
    var attributes = PosixFilePermissions.asFileAttribute(new FileMode(0700).permissions());
    return makeTemporary(
        folder, prefix, place -> place.folder().makeFolder(place.name(), attributes));
  }

  private Path makeTemporary(Path folder, String prefix, Making making) {
    if (prefix.contains("/")) {
      throw new IllegalArgumentException("A name has no slash: " + prefix);
    }
    return attempt(
        folder,
        () -> {
          while (true) {
            var path = folder.toAbsolutePath().resolve(prefix + UUID.randomUUID());
            try (var place = door.way(path, ITSELF, Set.of(WRITE)).walk()) {
              making.make(place);
              return path;
            } catch (FileAlreadyExistsException taken) {
              // The next name will be free.
            }
          }
        });
  }

  @Override
  public Path realPath(Path path) {
    return attempt(
        path,
        () -> {
          var real = door.way(path, FOLLOWED, Set.of(READ)).real();
          if (!exists(path)) {
            throw new NoSuchFileException(path.toString());
          }
          return real;
        });
  }

  private static <T> T attempt(Path asked, Action<T> action) {
    try {
      return action.perform();
    } catch (IOException e) {
      throw FileFailure.of(asked, e);
    }
  }

  private interface Action<T> {
    T perform() throws IOException;
  }

  private interface Making {
    void make(Place place) throws IOException;
  }
}
