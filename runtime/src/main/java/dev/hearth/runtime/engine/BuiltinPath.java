package dev.hearth.runtime.engine;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;

/**
 * Where a built-in module stands, as the path that the engine wants.
 *
 * <p>A class of its own, because the engine joins paths by itself: whatever a recipe writes as a
 * path becomes a path of the default file system and so never equals one of these. Its text has no
 * leading slash for the same reason: the engine also keeps modules by the text of their path.
 *
 * @param module {@code hearth:NAME}
 */
record BuiltinPath(String module) implements Path {
  @Override
  public String toString() {
    return module;
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
    return URI.create(module);
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
