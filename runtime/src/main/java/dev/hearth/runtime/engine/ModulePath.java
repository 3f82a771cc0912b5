package dev.hearth.runtime.engine;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a module stands that is no plain file, as the path that the engine wants: a built-in one,
 * or a file as one of several principals.
 *
 * <p>A class of its own, because the engine joins paths by itself: whatever a recipe writes as a
 * path becomes a path of the default file system and so never equals one of these. Its text has no
 * leading slash for the same reason: the engine also keeps modules by the text of their path.
 *
 * @param module {@code hearth:NAME}, or the absolute path of a file
 * @param principal who it acts as
 */
record ModulePath(String module, int principal) implements Path {
  private static final Pattern TEXT = Pattern.compile("hearth-module:(.+)@(-?\\d+)");

  /** Acts as the recipe, as all do where there is nobody else. */
  ModulePath(String module) {
    this(module, Principals.RECIPE);
  }

  /** The module that the engine names by the text of its path. */
  static Optional<ModulePath> parse(String text) {
    var found = TEXT.matcher(text);
    return found.matches()
        ? Optional.of(new ModulePath(found.group(1), Integer.parseInt(found.group(2))))
        : Optional.empty();
  }

  /** The file; empty for a built-in module. */
  Optional<Path> file() {
    return module.startsWith("/") ? Optional.of(Path.of(module)) : Optional.empty();
  }

  @Override
  public String toString() {
    return isPlain() ? module : "hearth-module:" + module + "@" + principal;
  }

  private boolean isPlain() {
    return principal == Principals.RECIPE && !module.startsWith("/");
  }

  @Override
  public FileSystem getFileSystem() {
    return FileSystems.getDefault();
  }

  @Override
  public boolean isAbsolute() {
    return true;
  }

  @Override
  public @Nullable Path getRoot() {
    return null;
  }

  @Override
  public Path getFileName() {
    return this;
  }

  @Override
  public @Nullable Path getParent() {
    return null;
  }

  @Override
  public int getNameCount() {
    return 1;
  }

  @Override
  public Path getName(int index) {
    return this;
  }

  @Override
  public Path subpath(int begin, int end) {
    return this;
  }

  @Override
  public boolean startsWith(Path other) {
    return equals(other);
  }

  @Override
  public boolean endsWith(Path other) {
    return equals(other);
  }

  @Override
  public Path normalize() {
    return this;
  }

  /** A facade has no files beside it, so what it names relatively is no module. */
  @Override
  public Path resolve(Path other) {
    return other;
  }

  @Override
  public Path relativize(Path other) {
    return other;
  }

  @Override
  public URI toUri() {
    return file().map(Path::toUri).orElseGet(() -> URI.create(module));
  }

  @Override
  public Path toAbsolutePath() {
    return this;
  }

  @Override
  public Path toRealPath(LinkOption... options) {
    return this;
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException("Built-in modules do not change.");
  }

  @Override
  public int compareTo(Path other) {
    return toString().compareTo(other.toString());
  }
}
