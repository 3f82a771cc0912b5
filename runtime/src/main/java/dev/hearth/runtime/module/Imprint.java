package dev.hearth.runtime.module;

import dev.hearth.runtime.effect.SourceFiles;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a recipe consists of: its own file and all that it imports by literal paths, directly or
 * not, each with the SHA-256 of its content. What a recipe imports by a path that it computes is
 * not seen, and so is not part of it.
 *
 * @param files hashes in 64 lower-case hexadecimal digits, by real path
 */
public record Imprint(SortedMap<Path, String> files) {
  static final int LARGEST_MODULE = 16 << 20;

  public Imprint {
    files = new TreeMap<>(files);
  }

  /** The imprint of a recipe as it stands on the disk now. */
  public static Imprint of(
      RecipeFile recipe,
      ImportBounds bounds,
      SourceFiles files,
      ModuleParser parser,
      BuiltinModules modules)
      throws IOException {
    var walk = new ImportWalk(files, parser, modules, bounds, _ -> true).from(recipe);
    var all = new TreeMap<>(walk.hashes());
    all.put(files.real(recipe.path()), recipe.sha256());
    return new Imprint(all);
  }

  /** The same and one more file, as it stands on the disk now. */
  public Imprint with(Path file, SourceFiles now) throws IOException {
    var more = new TreeMap<>(files);
    more.put(now.real(file), sha256(now.read(file, LARGEST_MODULE + 1)));
    return new Imprint(more);
  }

  /** Whether {@code content} is what stood at {@code real}. */
  public boolean holds(Path real, byte[] content) {
    return sha256(content).equals(files.get(real));
  }

  /**
   * What is not as it was, each as "`lib/disks.js` has changed"; empty when all is. A new file
   * cannot join without a change of one that imports it.
   *
   * @param from the folder that files are named from
   */
  public List<String> changes(SourceFiles now, Path from) {
    var changes = new ArrayList<String>();
    files.forEach(
        (file, hash) -> {
          var how = change(now, file, hash);
          if (!how.isEmpty()) {
            var shown = file.startsWith(from) ? from.relativize(file) : file;
            changes.add("`" + VisibleText.of(shown) + "` " + how);
          }
        });
    return changes;
  }

  private static String change(SourceFiles now, Path file, String hash) {
    try {
      if (!now.real(file).equals(file)) {
        return "is a link now";
      }
      return sha256(now.read(file, LARGEST_MODULE + 1)).equals(hash) ? "" : "has changed";
    } catch (NoSuchFileException e) {
      return "is gone";
    } catch (IOException e) {
      return "cannot be read";
    }
  }

  /** The SHA-256 of a content, in 64 lower-case hexadecimal digits. */
  public static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
