package dev.hearth.stdlib.fs;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What recipes can do with files. Every method blocks; the runtime gives it a worker. */
final class FsOps {
  /** Where temporary files go, unless the recipe says otherwise. */
  private static final String TEMPORARY = "/tmp";

  private final Files files;

  FsOps(Files files) {
    this.files = files;
  }

  record At(String path) {}

  record FromTo(String from, String to) {}

  record Copy(String from, String to, @Nullable Boolean recursive) {}

  /** A link that is made at a path; {@code replace}: instead of another link. */
  record Link(String target, String path, @Nullable Boolean replace) {}

  record Removal(String path, @Nullable Boolean recursive) {}

  record ModeOf(String path, String mode) {}

  /** What is written: text, or the bytes beside it. */
  record Content(String path, @Nullable String text, @Nullable String mode) {
    byte[] bytes(byte @Nullable [] beside) {
      if (beside != null) {
        return beside;
      }
      return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }
  }

  record Temporary(@Nullable String folder, @Nullable String prefix, boolean isFolder) {}

  record Search(String folder, @Nullable String pattern, @Nullable Boolean hidden) {}

  /**
   * What stands at a path.
   *
   * @param type {@code file}, {@code folder}, {@code link} or {@code other}
   * @param mode such as {@code 0644}
   */
  record Stat(String type, long sizeBytes, String modified, String mode) {
    static Stat of(FileStat stat) {
      return new Stat(
          word(stat.type()), stat.sizeBytes(), stat.modified().toString(), stat.mode().toString());
    }
  }

  static String word(FileStat.Type type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /** What a file was or is, as far as {@code ensure} looks at it. */
  record State(@Nullable String text, long sizeBytes, String mode) {}

  record Change(boolean changed, @Nullable State before, State after) {}

  @Op
  String readText(At request) {
    return files.readText(path(request.path()));
  }

  @Op
  byte[] readBytes(At request) {
    return files.read(path(request.path()));
  }

  @Op
  OpStream<List<String>> lines(At request) {
    return new FileLines(request.path(), files.open(path(request.path())));
  }

  @Op(writes = true)
  void write(Content request, byte @Nullable [] bytes) {
    var path = path(request.path());
    if (request.mode() == null) {
      files.write(path, request.bytes(bytes));
    } else {
      files.write(path, request.bytes(bytes), mode(request.mode()));
    }
  }

  @Op(writes = true)
  void append(Content request, byte @Nullable [] bytes) {
    files.append(path(request.path()), request.bytes(bytes));
  }

  /** Writes only what differs. */
  @Op(writes = true)
  Change ensure(Content request, byte @Nullable [] bytes) {
    var path = path(request.path());
    var wanted = request.bytes(bytes);
    var isText = bytes == null;
    var stat = files.stat(path);
    var before = stat.map(_ -> files.read(path));
    var mode =
        request.mode() == null ? Optional.<FileMode>empty() : Optional.of(mode(request.mode()));
    var isSame =
        before.filter(old -> Arrays.equals(old, wanted)).isPresent()
            && mode.filter(it -> !it.equals(stat.orElseThrow().mode())).isEmpty();
    if (!isSame) {
      if (mode.isPresent()) {
        files.write(path, wanted, mode.get());
      } else {
        files.write(path, wanted);
      }
    }
    var after = isSame ? stat : files.stat(path);
    return new Change(
        !isSame,
        before.map(old -> state(old, isText, stat)).orElse(null),
        state(wanted, isText, after));
  }

  private static State state(byte[] content, boolean isText, Optional<FileStat> stat) {
    return new State(
        isText ? new String(content, StandardCharsets.UTF_8) : null,
        content.length,
        stat.map(it -> it.mode().toString()).orElse(""));
  }

  @Op
  List<String> list(At request) {
    return files.list(path(request.path()));
  }

  @Op
  Optional<Stat> stat(At request) {
    return files.stat(path(request.path())).map(Stat::of);
  }

  /** What stands at a path, be it a link. */
  @Op
  Optional<Stat> statLink(At request) {
    return files.statLink(path(request.path())).map(Stat::of);
  }

  @Op
  boolean exists(At request) {
    return files.exists(path(request.path()));
  }

  @Op(writes = true)
  void makeFolder(At request) {
    files.makeFolders(path(request.path()));
  }

  @Op(writes = true)
  void remove(Removal request) {
    var path = path(request.path());
    if (Boolean.TRUE.equals(request.recursive())) {
      files.deleteTree(path);
      return;
    }
    try {
      files.delete(path);
    } catch (HearthException e) {
      throw e.code() == FileError.NOT_EMPTY
          ? new HearthException(FsError.NOT_EMPTY, VisibleText.of(path)).causedBy(e)
          : e;
    }
  }

  @Op(writes = true)
  void copy(Copy request) throws InterruptedException {
    var from = path(request.from());
    var to = path(request.to());
    if (Boolean.TRUE.equals(request.recursive())) {
      new TreeCopy(files).copy(from, to);
    } else {
      files.copy(from, to);
    }
  }

  @Op(writes = true)
  void move(FromTo request) {
    files.move(path(request.from()), path(request.to()));
  }

  @Op(writes = true)
  void makeLink(Link request) {
    var path = path(request.path());
    var target = path(request.target());
    var isThere =
        files.statLink(path).filter(stat -> stat.type() == FileStat.Type.LINK).isPresent();
    if (!isThere || !Boolean.TRUE.equals(request.replace())) {
      files.makeLink(path, target);
      return;
    }
    var next = path.resolveSibling(".hearth-" + UUID.randomUUID());
    files.makeLink(next, target);
    try {
      files.move(next, path); // at once: whoever goes through it arrives at the old or the new
    } catch (HearthException e) {
      files.delete(next);
      throw e;
    }
  }

  @Op
  String readLink(At request) {
    return files.readLink(path(request.path())).toString();
  }

  @Op(writes = true)
  void setMode(ModeOf request) {
    files.setMode(path(request.path()), mode(request.mode()));
  }

  @Op
  String realPath(At request) {
    return files.realPath(path(request.path())).toString();
  }

  /** What is in a folder and below it, some at a time. */
  @Op
  OpStream<List<TreeWalk.Found>> search(Search request) {
    var pattern = request.pattern() == null ? "**" : request.pattern();
    return new TreeWalk(
        files,
        path(request.folder()),
        GlobPattern.parse(pattern),
        request.pattern() == null || Boolean.TRUE.equals(request.hidden()));
  }

  /**
   * One path; what stands there is removed when the stream is closed, at the latest with the run.
   */
  @Op(writes = true)
  OpStream<String> temporary(Temporary request) {
    var folder = path(request.folder() == null ? TEMPORARY : request.folder());
    var prefix = request.prefix() == null ? "hearth-" : request.prefix();
    if (prefix.contains("/")) {
      throw new HearthException(FsError.NO_PATH, VisibleText.of(prefix));
    }
    return new TemporaryPath(
        files,
        request.isFolder()
            ? files.makeTemporaryFolder(folder, prefix)
            : files.makeTemporaryFile(folder, prefix));
  }

  @Op
  OpStream<List<WatchedFolder.Event>> watch(At request) {
    return new WatchedFolder(files.watch(path(request.path())));
  }

  private static Path path(String text) {
    try {
      if (!text.isEmpty()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      throw new HearthException(FsError.NO_PATH, VisibleText.of(text)).causedBy(e);
    }
    throw new HearthException(FsError.NO_PATH, "");
  }

  private static FileMode mode(String text) {
    if (!text.matches("0?[0-7]{3}")) {
      throw new HearthException(FsError.MODE, VisibleText.of(text));
    }
    return new FileMode(Integer.parseInt(text, 8));
  }
}
