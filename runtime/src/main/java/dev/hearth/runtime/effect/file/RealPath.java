package dev.hearth.runtime.effect.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Where a path really leads, also when its end does not exist yet. */
public final class RealPath {
  private RealPath() {}

  /**
   * The path with all links followed as far as anything exists, and the rest as it is. What cannot
   * be looked into counts as not existing: who then walks there without following links gets no
   * further.
   */
  public static Path of(Path path) throws IOException {
    var normal = path.toAbsolutePath().normalize();
    for (Path existing = normal; existing != null; existing = existing.getParent()) {
      try {
        return existing.toRealPath().resolve(existing.relativize(normal)).normalize();
      } catch (FileSystemException goesNoFurther) {
        // The folder above it may.
      }
    }
    return normal;
  }

  /** As {@link #of}, but a link at the very end is not followed. */
  public static Path ofItself(Path path) throws IOException {
    var normal = path.toAbsolutePath().normalize();
    var parent = normal.getParent();
    return parent == null ? normal : of(parent).resolve(normal.getFileName());
  }
}
