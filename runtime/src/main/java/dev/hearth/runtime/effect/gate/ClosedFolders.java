package dev.hearth.runtime.effect.gate;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What no grant opens: Hearth's own settings, data, journals, sockets and programs, and what this
 * very process has in memory and in its environment.
 *
 * <p>Case is ignored. Where a file system does so too, two spellings are one folder, and elsewhere
 * hardly anyone keeps a second folder whose name differs from Hearth's in nothing else.
 */
public final class ClosedFolders {
  private static final Path THIS_PROCESS = Path.of("/proc/self");

  private final List<Path> folders;

  private ClosedFolders(List<Path> folders) {
    this.folders = folders;
  }

  /** These folders and files, under their names and as they are now behind links. */
  public static ClosedFolders of(Collection<Path> folders) {
    return new ClosedFolders(
        Stream.concat(folders.stream(), Stream.of(THIS_PROCESS))
            .flatMap(path -> Stream.of(path, Gate.realPath(path)))
            .map(ClosedFolders::inLowerCase)
            .distinct()
            .toList());
  }

  /** Whether it is one of them or below one. */
  public boolean contain(Path path) {
    return folders.stream().anyMatch(inLowerCase(path)::startsWith);
  }

  /** Whether one of them is {@code folder} or below it. */
  boolean areBelow(Path folder) {
    var above = inLowerCase(folder);
    return folders.stream().anyMatch(closed -> closed.startsWith(above));
  }

  private static Path inLowerCase(Path path) {
    return Path.of(path.toAbsolutePath().normalize().toString().toLowerCase(Locale.ROOT));
  }
}
