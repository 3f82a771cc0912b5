package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.permission.Grants;
import dev.hearth.runtime.permission.Permission;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where programs are looked up: the user's PATH, without what depends on the working directory, and
 * without folders that the recipe may write. A program that the recipe put there is not the one
 * that was granted.
 */
final class ProgramPath {
  private final List<Path> folders;

  private ProgramPath(List<Path> folders) {
    this.folders = folders;
  }

  static ProgramPath of(String variable, Grants grants) {
    return new ProgramPath(
        Arrays.stream(variable.split(":"))
            .filter(entry -> entry.startsWith("/"))
            .map(Path::of)
            .map(Gate::realPath)
            .filter(folder -> !isWritten(folder, grants))
            .distinct()
            .toList());
  }

  private static boolean isWritten(Path folder, Grants grants) {
    return grants
        .covering(new Permission.Write(folder))
        .anyMatch(grant -> grant.permission() instanceof Permission.Write);
  }

  /** The file that {@code program} means; empty when there is none. */
  Optional<Path> find(String program) {
    try {
      var name = Path.of(program);
      return folders.stream()
          .map(folder -> folder.resolve(name))
          .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
          .findFirst();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
