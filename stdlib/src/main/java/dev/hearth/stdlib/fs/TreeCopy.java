package dev.hearth.stdlib.fs;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.FolderEntry;
import dev.hearth.runtime.permission.VisibleText;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies a folder with all that is in it: files and folders with their modes, links as links. What
 * is at the other place and not in the folder stays. Devices, pipes and sockets are left out.
 */
final class TreeCopy {
  private static final int DEEPEST = 256;

  private record Pair(Path from, Path to, List<FolderEntry> entries, int depth) {}

  private record Mode(Path folder, FileMode mode) {}

  private final Files files;

  TreeCopy(Files files) {
    this.files = files;
  }

  void copy(Path from, Path to) throws InterruptedException {
    var stat =
        files
            .stat(from)
            .orElseThrow(() -> new HearthException(FileError.NOT_FOUND, VisibleText.of(from)));
    if (!stat.isFolder()) {
      files.copy(from, to);
      return;
    }
    if (absolute(to).startsWith(absolute(from))) {
      throw new HearthException(FsError.INTO_ITSELF, VisibleText.of(from), VisibleText.of(to));
    }
    // What is listed before anything is made does not contain what is made.
    var pending = new ArrayDeque<Pair>(List.of(new Pair(from, to, files.entries(from), 0)));
    var modes = new ArrayList<>(List.of(new Mode(to, stat.mode())));
    files.makeFolders(to);
    while (!pending.isEmpty()) {
      var pair = pending.pop();
      for (var entry : pair.entries()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        copy(pair, entry, pending, modes);
      }
    }
    // From below: a folder may take from its owner the right to change what is in it.
    modes.reversed().forEach(one -> files.setMode(one.folder(), one.mode()));
  }

  private void copy(Pair pair, FolderEntry entry, ArrayDeque<Pair> pending, List<Mode> modes) {
    var source = pair.from().resolve(entry.name());
    var target = pair.to().resolve(entry.name());
    switch (entry.type()) {
      case FILE -> files.copy(source, target);
      case LINK -> copyLink(source, target);
      case FOLDER -> {
        if (pair.depth() >= DEEPEST) {
          throw new HearthException(FsError.TOO_DEEP, VisibleText.of(source));
        }
        pending.push(new Pair(source, target, files.entries(source), pair.depth() + 1));
        modes.add(new Mode(target, entry.mode()));
        files.makeFolders(target);
      }
      case OTHER -> {}
    }
  }

  private void copyLink(Path source, Path target) {
    var leads = files.readLink(source);
    var there = files.statLink(target);
    if (there.filter(stat -> stat.type() == FileStat.Type.LINK).isPresent()) {
      if (files.readLink(target).equals(leads)) {
        return;
      }
      files.delete(target);
    }
    files.makeLink(target, leads);
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
