package dev.hearth.runtime.effect.file;

import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.FolderEntry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells what stands in open folders. A link is told as one and not followed. */
final class Looking {
  private Looking() {}

  static Optional<FileStat> at(Place place) throws IOException {
    try {
      var stat = place.folder().stat(place.name());
      return Optional.of(
          new FileStat(
              type(stat),
              stat.size(),
              stat.lastModifiedTime().toInstant(),
              FileMode.of(stat.permissions())));
    } catch (NoSuchFileException nothingThere) {
      return Optional.empty();
    }
  }

  /** What is in a folder, sorted by name; what is removed meanwhile is left out. */
  static List<FolderEntry> in(Folder folder) throws IOException {
    var entries = new ArrayList<FolderEntry>();
    for (var name : folder.names().stream().sorted().toList()) {
      at(new Place(folder, name))
          .map(
              stat ->
                  new FolderEntry(
                      name, stat.type(), stat.sizeBytes(), stat.modified(), stat.mode()))
          .ifPresent(entries::add);
    }
    return entries;
  }

  private static FileStat.Type type(PosixFileAttributes stat) {
    if (stat.isRegularFile()) {
      return FileStat.Type.FILE;
    }
    if (stat.isSymbolicLink()) {
      return FileStat.Type.LINK;
    }
    return stat.isDirectory() ? FileStat.Type.FOLDER : FileStat.Type.OTHER;
  }
}
