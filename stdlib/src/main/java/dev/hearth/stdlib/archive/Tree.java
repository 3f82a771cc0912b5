package dev.hearth.stdlib.archive;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.FolderEntry;
import dev.hearth.runtime.permission.VisibleText;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Collects what is to be packed, in the order of the names, folders before what is in them. */
final class Tree {
  private static final int DEEPEST = 256;

  /**
   * One thing that is packed.
   *
   * @param name what it is called in the archive, with slashes
   */
  record Item(
      String name,
      Path path,
      FileStat.Type type,
      long sizeBytes,
      Instant modified,
      FileMode mode) {}

  private final Files files;
  private final Path folder;
  private final List<List<String>> excluded;
  private final Path archive;
  private final TreeMap<String, Item> items = new TreeMap<>(Tree::compare);
  private final List<String> leftOut = new ArrayList<>();

  /**
   * What is in a folder.
   *
   * @param excluded names, left out at any depth, and paths from the folder on
   * @param archive what is written, which is not packed into itself
   */
  Tree(Files files, Path folder, List<String> excluded, Path archive) {
    this.files = files;
    this.folder = folder;
    this.excluded = excluded.stream().map(path -> EntryPath.asked(path).names()).toList();
    this.archive = archive.toAbsolutePath().normalize();
  }

  /** Adds a path and, if it is a folder, all that is in it. */
  void add(String text, Path path) {
    var names = new ArrayList<String>();
    for (var name : path.normalize()) {
      if (!name.toString().isEmpty()) {
        names.add(name.toString());
      }
    }
    if (path.isAbsolute() || names.contains("..")) {
      throw new HearthException(ArchiveError.NOT_BELOW, VisibleText.of(text));
    }
    if (names.isEmpty()) {
      addContent(names);
      return;
    }
    var stat =
        files
            .statLink(at(names))
            .orElseThrow(() -> new HearthException(FileError.NOT_FOUND, VisibleText.of(at(names))));
    add(
        names,
        new FolderEntry(
            names.getLast(), stat.type(), stat.sizeBytes(), stat.modified(), stat.mode()));
  }

  List<Item> items() {
    return List.copyOf(items.values());
  }

  /** Devices, pipes and sockets, which are not packed. */
  List<String> leftOut() {
    return leftOut;
  }

  private void add(List<String> names, FolderEntry entry) {
    if (Thread.currentThread().isInterrupted()) {
      throw new HearthException(FileError.INTERRUPTED, VisibleText.of(at(names)));
    }
    var path = at(names);
    if (isExcluded(names) || path.toAbsolutePath().normalize().equals(archive)) {
      return;
    }
    var name = String.join("/", names);
    if (entry.type() == FileStat.Type.OTHER) {
      leftOut.add(name);
      return;
    }
    items.put(
        name,
        new Item(name, path, entry.type(), entry.sizeBytes(), entry.modified(), entry.mode()));
    if (entry.type() == FileStat.Type.FOLDER) {
      addContent(names);
    }
  }

  private void addContent(List<String> names) {
    if (names.size() >= DEEPEST) {
      throw new HearthException(ArchiveError.TOO_DEEP, VisibleText.of(at(names)));
    }
    for (var entry : files.entries(at(names))) {
      var inside = new ArrayList<>(names);
      inside.add(entry.name());
      add(inside, entry);
    }
  }

  private boolean isExcluded(List<String> names) {
    return excluded.stream()
        .anyMatch(
            one -> one.size() == 1 ? names.getLast().equals(one.getFirst()) : names.equals(one));
  }

  private Path at(List<String> names) {
    var path = folder;
    for (var name : names) {
      path = path.resolve(name);
    }
    return path;
  }

  /** By names, so that all that is in a folder stands behind it and before the next. */
  private static int compare(String one, String other) {
    return one.replace('/', '\0').compareTo(other.replace('/', '\0'));
  }
}
