package dev.hearth.runtime.engine;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.io.FileSystem;
import org.jspecify.annotations.Nullable;

/**
 * The file system that the engine sees: it reads modules and can do nothing else. A context is made
 * with it before it is known whose modules these will be.
 */
final class ModuleFileSystem implements FileSystem {
  private @Nullable ModuleFiles modules;

  /** Reads these from now on. Call once, before anything is imported. */
  void serve(ModuleFiles those) {
    modules = those;
  }

  private ModuleFiles modules() {
    if (modules == null) {
      throw new SecurityException("No module can be read before the realm is somebody's.");
    }
    return modules;
  }

  @Override
  public Path parsePath(URI uri) {
    return modules().path(uri);
  }

  @Override
  public Path parsePath(String path) {
    return modules().path(path);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return new MemoryChannel(modules().read(path));
  }

  @Override
  public Path toAbsolutePath(Path path) {
    return path.isAbsolute() ? path : modules().root().resolve(path);
  }

  @Override
  public Path toRealPath(Path path, LinkOption... options) {
    return path.normalize();
  }

  @Override
  public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... options) {
    if (modes.contains(AccessMode.WRITE) || modes.contains(AccessMode.EXECUTE)) {
      throw onlyRead();
    }
    // Absence is told when the module is read: only there can the error say which and why.
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
    throw onlyRead();
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) {
    throw onlyRead();
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) {
    throw onlyRead();
  }

  @Override
  public void delete(Path path) {
    throw onlyRead();
  }

  private static SecurityException onlyRead() {
    return new SecurityException("Modules are only read.");
  }
}
