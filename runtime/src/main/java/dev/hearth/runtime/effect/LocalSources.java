package dev.hearth.runtime.effect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Recipes on the local disk, read with the user's rights: what the user names is not the recipe's
 * own doing, so no grant is asked.
 */
public final class LocalSources implements SourceFiles {
  private static final int MOST_NAMES = 1_000;

  @Override
  public byte[] read(Path file, int limit) throws IOException {
    try (var stream = Files.newInputStream(file)) {
      return stream.readNBytes(limit);
    }
  }

  @Override
  public Path real(Path file) throws IOException {
    return file.toRealPath();
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
