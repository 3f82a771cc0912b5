package dev.hearth.runtime.effect.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * How to get to what was checked. Nothing below {@code start} is a link, so whoever walks from
 * there and follows none arrives at what was checked or nowhere.
 *
 * @param real the path without links
 * @param start a folder above it from which nothing is followed any more; for the root, itself
 */
public record Way(Path real, Path start) {
  /** The way that trusts the folder in which {@code real} stands. */
  public static Way to(Path real) {
    var parent = real.getParent();
    return new Way(real, parent == null ? real : parent);
  }

  /** Goes to the folder in which the end stands. */
  Place walk() throws IOException {
    var name = real.getFileName();
    var parent = real.getParent();
    if (name == null || parent == null) {
      return new Place(Folder.open(real), ".");
    }
    return new Place(walk(Folder.open(start), start, parent, Missing.FAILS), name.toString());
  }

  /** Makes what is missing on the way, and the end itself, as folders. */
  void make() throws IOException {
    var existing = start;
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    walk(Folder.open(existing), existing, real, Missing.IS_MADE).close();
  }

  private enum Missing {
    FAILS,
    IS_MADE
  }

  private static Folder walk(Folder first, Path from, Path to, Missing missing) throws IOException {
    var folder = first;
    if (from.equals(to)) {
      return folder;
    }
    for (var step : from.relativize(to)) {
      try (var done = folder) {
        folder = child(done, step.toString(), missing);
      }
    }
    return folder;
  }

  private static Folder child(Folder folder, String name, Missing missing) throws IOException {
    try {
      return folder.child(name);
    } catch (NoSuchFileException e) {
      if (missing == Missing.FAILS) {
        throw e;
      }
      try {
        folder.makeFolder(name);
      } catch (FileAlreadyExistsException madeMeanwhile) {
        // Somebody else made it, as was asked for.
      }
      return folder.child(name);
    }
  }
}
