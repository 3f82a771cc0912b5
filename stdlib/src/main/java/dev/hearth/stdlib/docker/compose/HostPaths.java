package dev.hearth.stdlib.docker.compose;

import dev.hearth.runtime.HearthException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What paths of the engine's machine mean where they are written: of the folders and files that are
 * bound, and of others that a model names.
 *
 * @param folder that relative paths start from, absolute
 * @param home what {@code ~} stands for; fails in the words of the place where nobody knows
 */
public record HostPaths(Path folder, Function<FormPlace, Path> home) {
  private static final Pattern WINDOWS = Pattern.compile("[A-Za-z]:[\\\\/].*|\\\\\\\\.*");

  /** A mount in its short form that begins with one; {@code v:/data} has a volume of one letter. */
  private static final Pattern WINDOWS_MOUNT =
      Pattern.compile("[A-Za-z]:(?:\\\\|/[^:]*:/).*|\\\\\\\\.*");

  /** The absolute path. */
  public String resolved(String written, FormPlace place) {
    if (WINDOWS.matcher(written).matches()) {
      throw ofWindows(written, place);
    }
    try {
      if (!written.startsWith("~")) {
        return folder.resolve(written).normalize().toString();
      }
      if (written.length() > 1 && written.charAt(1) != '/') {
        throw place.wrong(
            "names " + FormPlace.quoted(written) + ", which is in the home of somebody else",
            "Write the whole path; `~/` is the home of the user who runs the recipe.");
      }
      var below = written.substring(Math.min(2, written.length())).replaceFirst("^/+", "");
      return home.apply(place).resolve(below).normalize().toString();
    } catch (InvalidPathException e) {
      throw place.not(written, "path", "Name a file or folder.").causedBy(e);
    }
  }

  /** Whether the source of a mount is a path; else it is the name of a volume. */
  public static boolean isPath(String source) {
    return source.startsWith(".") || source.startsWith("/") || source.startsWith("~");
  }

  static boolean isMountOfWindows(String written) {
    return WINDOWS_MOUNT.matcher(written).matches();
  }

  static HearthException ofWindows(String written, FormPlace place) {
    return place.wrong(
        "has " + FormPlace.quoted(written) + ", a path of Windows",
        "Write it as the engine's machine has it (`/srv/data`), or from the folder on (`./data`).");
  }
}
