package dev.hearth.runtime.effect;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Recipes on the local disk, read with the user's rights: what the user names is not the recipe's
 * own doing, so no grant is asked.
 */
public final class LocalSources implements SourceFiles {
  private static final int MOST_NAMES = 1_000;

  @Override
  public byte[] read(Path file, int limit) throws IOException {
    requireFile(file);
    try (var stream = Files.newInputStream(file)) {
      return stream.readNBytes(limit);
    }
  }

  public boolean isFolder(Path path) {
    return Files.isDirectory(path);
  }

  /**
   * All JavaScript and TypeScript files below a folder, in the order of their names. Hidden folders
   * and {@code node_modules} are other people's and left out; links to folders are not followed.
   *
   * @throws IOException when a folder cannot be read
   */
  public List<Path> scripts(Path folder) throws IOException {
    var found = new ArrayList<Path>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            var name = String.valueOf(path.getFileName());
            var isOthers = name.equals("node_modules") || name.startsWith(".");
            return isOthers && !path.equals(folder)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (isScript(path.toString()) && !attributes.isDirectory()) {
              found.add(path);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }

  /** Files of declarations have nothing to run. */
  private static boolean isScript(String name) {
    return name.endsWith(".js")
        || ((name.endsWith(".ts") || name.endsWith(".mts"))
            && !name.endsWith(".d.ts")
            && !name.endsWith(".d.mts"));
  }

  /** Reading a pipe would wait for ever, and a device would never end. */
  private static void requireFile(Path file) throws IOException {
    if (file.toString().isEmpty()) {
      throw new NotAFile(file, "an empty name");
    }
    var kind = Files.readAttributes(realOf(file), BasicFileAttributes.class);
    if (kind.isDirectory()) {
      throw new NotAFile(file, "a folder");
    }
    if (!kind.isRegularFile()) {
      throw new NotAFile(file, "a pipe, a socket or a device");
    }
  }

  @Override
  public Path real(Path file) throws IOException {
    return realOf(file);
  }

  private static Path realOf(Path file) throws IOException {
    try {
      return file.toRealPath();
    } catch (FileSystemException e) {
      throw leadsInACircle(file) ? new NotAFile(file, "a link that leads in a circle") : e;
    }
  }

  private static boolean leadsInACircle(Path file) throws IOException {
    var seen = new HashSet<Path>();
    var at = file.toAbsolutePath().normalize();
    while (Files.isSymbolicLink(at)) {
      if (!seen.add(at)) {
        return true;
      }
      at = at.resolveSibling(Files.readSymbolicLink(at)).normalize();
    }
    return false;
  }

  @Override
  public List<String> names(Path folder) {
    var names = new ArrayList<String>();
    try (var entries = Files.newDirectoryStream(folder)) {
      for (var entry : entries) {
        names.add(String.valueOf(entry.getFileName()));
        if (names.size() == MOST_NAMES) {
          break;
        }
      }
    } catch (IOException e) {
      return List
          .of(); // there is nothing to suggest then, and the caller's error is the better one
    }
    return names;
  }
}
