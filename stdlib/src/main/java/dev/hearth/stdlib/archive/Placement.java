package dev.hearth.stdlib.archive;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Moves what was unpacked to its place, when all of it can be. Folders that are there are kept,
 * with what else is in them.
 */
final class Placement {
  /** A folder as it is to be in the end. */
  record Folder(EntryPath path, FileMode mode, Instant modified) {}

  private final Files files;
  private final boolean overwrite;
  private final Set<Path> kept = new HashSet<>();
  private final List<String> placed = new ArrayList<>();

  Placement(Files files, boolean overwrite) {
    this.files = files;
    this.overwrite = overwrite;
  }

  void place(Path from, Path to, List<Folder> folders) {
    requirePossible(from, to);
    try {
      move(from, to);
      folders.stream()
          .filter(folder -> !kept.contains(folder.path().in(to)))
          .sorted(Comparator.comparingInt(folder -> -folder.path().names().size()))
          .forEach(folder -> finish(folder, folder.path().in(to)));
    } catch (HearthException e) {
      // What could be foreseen was; the disk or another program is to blame.
      throw placed.isEmpty() ? e : e.with("placed", List.copyOf(placed));
    }
  }

  private void requirePossible(Path from, Path to) {
    for (var entry : files.entries(from)) {
      var target = to.resolve(entry.name());
      var there = files.statLink(target);
      if (there.isEmpty()) {
        continue;
      }
      if (entry.type() == FileStat.Type.FOLDER && there.get().isFolder()) {
        kept.add(target);
        requirePossible(from.resolve(entry.name()), target);
      } else if (entry.type() == FileStat.Type.FOLDER || there.get().isFolder()) {
        throw new HearthException(ArchiveError.IN_THE_WAY, VisibleText.of(target));
      } else if (!overwrite) {
        throw new HearthException(ArchiveError.EXISTS, VisibleText.of(target));
      }
    }
  }

  private void move(Path from, Path to) {
    for (var entry : files.entries(from)) {
      var target = to.resolve(entry.name());
      if (kept.contains(target)) {
        move(from.resolve(entry.name()), target);
      } else {
        files.move(from.resolve(entry.name()), target);
        placed.add(target.toString());
      }
    }
  }

  private void finish(Folder folder, Path path) {
    files.setModified(path, folder.modified());
    files.setMode(path, folder.mode());
  }
}
