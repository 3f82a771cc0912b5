package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.effect.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Paths with {@code *} and {@code ?} in their names, as {@code Include} takes them. */
final class PathGlob {
  private final Files files;

  PathGlob(Files files) {
    this.files = files;
  }

  /** The files that are there, sorted by name; a path without such a character is itself. */
  List<Path> expand(Path pattern) {
    var paths = List.of(pattern.getRoot() == null ? Path.of("") : pattern.getRoot());
    for (var name : pattern) {
      paths = paths.stream().flatMap(folder -> below(folder, name.toString()).stream()).toList();
    }
    return paths.stream().filter(files::exists).toList();
  }

  private List<Path> below(Path folder, String name) {
    if (name.indexOf('*') < 0 && name.indexOf('?') < 0) {
      return List.of(folder.resolve(name));
    }
    var found = new ArrayList<Path>();
    if (files.stat(folder).filter(stat -> stat.isFolder()).isPresent()) {
      for (var entry : files.list(folder)) {
        boolean hidden = entry.startsWith(".") && !name.startsWith(".");
        if (!hidden && HostPattern.matches(name, entry)) {
          found.add(folder.resolve(entry));
        }
      }
    }
    return found;
  }
}
