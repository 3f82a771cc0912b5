package dev.hearth.stdlib.archive;

import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.Files;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Unpacks an archive: all of it or nothing. It comes into a folder of its own within the one that
 * is meant, where nobody else looks and no old link stands in the way, and is moved from there when
 * it is whole.
 */
final class Unpacking {
  /**
   * What is wanted.
   *
   * @param only the entries that are, with what is below them; empty: all
   * @param strip how many names are taken off each path
   */
  record Wish(List<EntryPath> only, int strip, boolean links, boolean overwrite) {
    Wish {
      only = List.copyOf(only);
    }
  }

  /** How much was unpacked. */
  record Outcome(int files, int folders, int links, long sizeBytes) {}

  private final Files files;
  private final OpenArchive archive;
  private final Wish wish;
  private final Path folder;
  private final Map<EntryPath, Entry.Type> seen = new HashMap<>();
  private final Map<EntryPath, Long> sizes = new HashMap<>();
  private final List<Placement.Folder> folders = new ArrayList<>();
  private int fileCount;
  private int linkCount;

  Unpacking(Files files, OpenArchive archive, Wish wish, Path folder) {
    this.files = files;
    this.archive = archive;
    this.wish = wish;
    this.folder = folder;
  }

  Outcome unpack() {
    var isNew = !files.exists(folder);
    files.makeFolders(folder);
    var isDone = false;
    Path apart = null;
    try {
      apart = files.makeTemporaryFolder(folder, ".hearth-unpack-");
      for (var entry = archive.next(); entry != null; entry = archive.next()) {
        unpack(entry, apart);
      }
      new Placement(files, wish.overwrite()).place(apart, folder, folders);
      isDone = true;
    } finally {
      if (apart != null) {
        files.deleteTreeThoughInterrupted(isDone || !isNew ? apart : folder);
      }
    }
    return new Outcome(fileCount, folders.size(), linkCount, archive.bytes());
  }

  private void unpack(Entry entry, Path apart) {
    var whole = EntryPath.of(archive, entry);
    if (!wish.only().isEmpty() && wish.only().stream().noneMatch(whole::isWithin)) {
      return;
    }
    var path = whole.without(wish.strip());
    if (path.isEmpty() || (entry.type() == Entry.Type.LINK && !wish.links())) {
      return;
    }
    register(entry, path.get());
    var target = path.get().in(apart);
    switch (entry.type()) {
      case FOLDER -> {
        files.makeFolders(target);
        folders.add(new Placement.Folder(path.get(), new FileMode(entry.mode()), entry.modified()));
      }
      case FILE -> {
        makeParent(path.get(), apart);
        sizes.put(path.get(), write(entry, target));
        fileCount++;
      }
      case LINK -> {
        path.get().requireInside(archive, entry);
        makeParent(path.get(), apart);
        files.makeLink(target, Path.of(entry.target()));
        linkCount++;
      }
      case HARD_LINK -> {
        copyOther(entry, path.get(), apart);
        fileCount++;
      }
      case OTHER -> throw archive.error(ArchiveError.SPECIAL, entry);
    }
  }

  private void makeParent(EntryPath path, Path apart) {
    var isNew = false;
    for (var above = path.parent(); !above.names().isEmpty(); above = above.parent()) {
      isNew |= seen.putIfAbsent(above, Entry.Type.FOLDER) == null;
    }
    if (isNew) {
      files.makeFolders(path.parent().in(apart));
    }
  }

  private void register(Entry entry, EntryPath path) {
    for (var above = path.parent(); !above.names().isEmpty(); above = above.parent()) {
      var type = seen.get(above);
      if (type != null && type != Entry.Type.FOLDER) {
        throw archive.error(ArchiveError.BEHIND_OTHER, entry, above.toString());
      }
    }
    var before = seen.put(path, entry.type());
    if (before != null && (before != Entry.Type.FOLDER || entry.type() != Entry.Type.FOLDER)) {
      throw archive.error(ArchiveError.TWICE, entry);
    }
  }

  private long write(Entry entry, Path target) {
    var before = archive.bytes();
    try (var output = new BufferedOutputStream(files.create(target), 1 << 16)) {
      archive.copyTo(output);
    } catch (IOException e) {
      throw Source.failure(target.toString(), e);
    }
    finish(target, new FileMode(entry.mode()), entry.modified());
    return archive.bytes() - before;
  }

  // The mode last: it may take from the owner the right to change what is left to be changed.
  private void finish(Path target, FileMode mode, Instant modified) {
    files.setModified(target, modified);
    files.setMode(target, mode);
  }

  /** A second name becomes a second file: what is changed under one name stays under the other. */
  private void copyOther(Entry entry, EntryPath path, Path apart) {
    var other = EntryPath.of(archive, entry, entry.target()).without(wish.strip());
    var size = other.map(sizes::get);
    if (size.isEmpty()) {
      throw archive.error(ArchiveError.LINK_OUTSIDE, entry, entry.target());
    }
    archive.countCopy(size.get());
    makeParent(path, apart);
    var target = path.in(apart);
    try (var input = files.open(other.orElseThrow().in(apart));
        var output = files.create(target)) {
      input.transferTo(output);
    } catch (IOException e) {
      throw Source.failure(target.toString(), e);
    }
    sizes.put(path, size.get());
    finish(target, new FileMode(entry.mode()), entry.modified());
  }
}
