package dev.hearth.stdlib.fs;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.FolderEntry;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.OpStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a folder and those below it, and gives what fits a pattern, folder by folder. Links
 * are told and never followed, so no walk leaves its folder or goes in circles.
 */
final class TreeWalk implements OpStream<List<TreeWalk.Found>> {
  private static final int DEEPEST = 256;

  /** Something in the tree; the path is as the recipe named the folder, and below it. */
  record Found(String path, String name, String type, long sizeBytes, String mode) {}

  private record Pending(Path folder, List<String> names) {}

  private final Files files;
  private final Path root;
  private final GlobPattern pattern;
  private final boolean hidden;
  private final Deque<Pending> pending = new ArrayDeque<>();

  TreeWalk(Files files, Path root, GlobPattern pattern, boolean hidden) {
    this.files = files;
    this.root = root;
    this.pattern = pattern;
    this.hidden = hidden;
    pending.add(new Pending(root, List.of()));
  }

  @Override
  public @Nullable List<Found> next() throws InterruptedException {
    while (!pending.isEmpty()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      var found = visit(pending.pop());
      if (!found.isEmpty()) {
        return found;
      }
    }
    return null;
  }

  private List<Found> visit(Pending at) {
    if (at.names().size() > DEEPEST) {
      throw new HearthException(FsError.TOO_DEEP, VisibleText.of(root));
    }
    var found = new ArrayList<Found>();
    var below = new ArrayList<Pending>();
    for (var entry : entries(at)) {
      var names = new ArrayList<>(at.names());
      names.add(entry.name());
      if (pattern.matches(names, hidden)) {
        found.add(found(at.folder(), entry));
      }
      if (entry.type() == FileStat.Type.FOLDER && pattern.mayMatchBelow(names, hidden)) {
        below.add(new Pending(at.folder().resolve(entry.name()), names));
      }
    }
    below.reversed().forEach(pending::push); // in the order of their names
    return found;
  }

  /** A folder that is removed while its tree is walked is not there, which is no failure. */
  private List<FolderEntry> entries(Pending at) {
    try {
      return files.entries(at.folder());
    } catch (HearthException e) {
      if (!at.names().isEmpty()
          && (e.code() == FileError.NOT_FOUND || e.code() == FileError.NOT_A_FOLDER)) {
        return List.of();
      }
      throw e;
    }
  }

  private static Found found(Path folder, FolderEntry entry) {
    return new Found(
        folder.resolve(entry.name()).toString(),
        entry.name(),
        FsOps.word(entry.type()),
        entry.sizeBytes(),
        entry.mode().toString());
  }

  @Override
  public void close() {
    pending.clear();
  }
}
