package dev.hearth.runtime.effect.file;

import static dev.hearth.runtime.effect.file.Door.Last.FOLLOWED;
import static dev.hearth.runtime.effect.file.Door.Last.ITSELF;
import static dev.hearth.runtime.effect.file.Door.Use.READ;
import static dev.hearth.runtime.effect.file.Door.Use.WRITE;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/**
 * Symbolic links. Whoever goes through one meets the gate again, but other programs do not: so none
 * is made that leads to what was not granted, nor moved to where it would.
 */
final class Links {
  private static final Path UP = Path.of("..");

  private final Door door;

  Links(Door door) {
    this.door = door;
  }

  void make(Path link, Path target) throws IOException {
    var way = door.way(link, ITSELF, Set.of(WRITE));
    requireGranted(link, parent(way.real()), target);
    try (var place = way.walk()) {
      place.folder().makeLink(place.name(), target);
    }
  }

  Path read(Path link) throws IOException {
    try (var place = door.way(link, ITSELF, Set.of(READ)).walk()) {
      if (!place.folder().stat(place.name()).isSymbolicLink()) {
        throw new NotLinkException(link.toString());
      }
      return place.folder().readLink(place.name());
    }
  }

  /** Fails when a link that is moved, or one within, would lead to what is not granted. */
  void requireMovable(Place old, Path from, Path to) throws IOException {
    if (!parent(from).equals(parent(to))) {
      requireMovable(old.folder(), old.name(), to, 0);
    }
  }

  /**
   * The same for a part of what is moved.
   *
   * @param depth how many folders of what is moved stand above it
   */
  private void requireMovable(Folder folder, String name, Path to, int depth) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new ClosedByInterruptException();
    }
    var stat = folder.stat(name);
    if (stat.isSymbolicLink()) {
      var target = folder.readLink(name).normalize();
      // An absolute one leads where it led, and so does one that stays within what is moved.
      if (!target.isAbsolute() && (depth == 0 || climbs(target) >= depth)) {
        requireGranted(to, parent(to), target);
      }
    } else if (stat.isDirectory()) {
      try (var inside = folder.child(name)) {
        for (var entry : inside.names()) {
          requireMovable(inside, entry, to.resolve(entry), depth + 1);
        }
      }
    }
  }

  private static int climbs(Path target) {
    var count = 0;
    for (var name : target) {
      if (!name.equals(UP)) {
        break;
      }
      count++;
    }
    return count;
  }

  private void requireGranted(Path link, Path folder, Path target) throws IOException {
    for (var i = climbs(target); i < target.getNameCount(); i++) {
      if (target.getName(i).equals(UP)) {
        throw new HearthException(
            FileError.LINK_TARGET, VisibleText.of(link), VisibleText.of(target));
      }
    }
    // Only names follow, so that this is what the system will make of it.
    var led = folder.resolve(target).normalize();
    var _ = door.way(led, FOLLOWED, Set.of(READ, WRITE));
  }

  private static Path parent(Path real) {
    return Objects.requireNonNullElse(real.getParent(), real);
  }
}
