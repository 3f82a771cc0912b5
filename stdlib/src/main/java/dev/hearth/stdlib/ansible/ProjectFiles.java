package dev.hearth.stdlib.ansible;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of one project, which does not go beyond its folder: not by a link, either. */
final class ProjectFiles {
  /** No file of a project that people write has more. */
  private static final long MOST_BYTES = 4L << 20;

  private static final List<String> ENDINGS = List.of(".yml", ".yaml", ".json", "");

  private final Files files;
  private final Path folder;

  ProjectFiles(Programs programs) {
    var given = programs.readable("dir", ".");
    files = programs.files(given);
    folder = files.realPath(given);
    if (!files.stat(folder).filter(stat -> stat.isFolder()).isPresent()) {
      throw new HearthException(AnsibleError.NO_FILE, VisibleText.of(given.toString()));
    }
  }

  Path folder() {
    return folder;
  }

  /** A path as it is told: from the project's folder on. */
  String told(Path path) {
    var from = folder.relativize(path).toString();
    return from.isEmpty() ? "." : from;
  }

  /** A path that a recipe names, which stays in the folder. */
  Path within(String option, Path path) {
    if (!path.startsWith(folder)) {
      throw new HearthException(
          AnsibleError.OPTION, option, "leads out of the folder of the project");
    }
    return path;
  }

  boolean isFolder(Path path) {
    return files.stat(inside(path)).filter(stat -> stat.isFolder()).isPresent();
  }

  boolean isFile(Path path) {
    return files.stat(inside(path)).filter(stat -> stat.isFile()).isPresent();
  }

  /** The names in a folder, sorted; none where there is no folder. Hidden ones do not count. */
  List<String> names(Path path) {
    return isFolder(path)
        ? files.list(path).stream().filter(name -> !name.startsWith(".")).toList()
        : List.of();
  }

  /** A file that Ansible looks for by its name without an ending. */
  Optional<YamlFile> find(Path folder, String name) {
    return ENDINGS.stream()
        .map(ending -> folder.resolve(name + ending))
        .filter(this::isFile)
        .findFirst()
        .map(this::yaml);
  }

  YamlFile yaml(Path file) {
    long size = files.stat(inside(file)).map(stat -> stat.sizeBytes()).orElse(0L);
    if (size > MOST_BYTES) {
      throw new HearthException(AnsibleError.FILE_TOO_LARGE, VisibleText.of(told(file)), size);
    }
    return YamlFile.of(told(file), files.readText(file));
  }

  /** Where a link leads out, what stands there is none of the project's. */
  private Path inside(Path path) {
    if (files.statLink(path).isPresent() && files.stat(path).isPresent()) {
      var real = files.realPath(path);
      if (!real.startsWith(folder)) {
        throw new HearthException(
            AnsibleError.OUTSIDE, VisibleText.of(told(path)), VisibleText.of(folder.toString()));
      }
    }
    return path;
  }
}
