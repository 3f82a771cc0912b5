package dev.hearth.stdlib.archive;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where an entry belongs below the folder that an archive is unpacked to. One can be made only of a
 * name that leads nowhere else.
 *
 * @param names from the folder on, none of them empty, {@code .} or {@code ..}
 */
record EntryPath(List<String> names) {
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[\\\\/].*", Pattern.DOTALL);
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\u2028\u2029\ufffd]");
  private static final int MOST_NAMES = 256;
  private static final int LONGEST = 4000;

  EntryPath {
    names = List.copyOf(names);
  }

  /** The path of an entry; that of the folder itself has no names. */
  static EntryPath of(OpenArchive archive, Entry entry) {
    return of(archive, entry, entry.name());
  }

  /** The path that an entry names, as its own or as that of another entry. */
  static EntryPath of(OpenArchive archive, Entry entry, String text) {
    if (text.startsWith("/") || DRIVE.matcher(text).matches()) {
      throw archive.error(ArchiveError.LEADS_OUTSIDE, entry);
    }
    var names = new ArrayList<String>();
    for (var name : text.split("/", -1)) {
      if (name.equals("..")) {
        throw archive.error(ArchiveError.LEADS_OUTSIDE, entry);
      }
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    if (!isPossible(text) || names.size() > MOST_NAMES) {
      throw archive.error(ArchiveError.BAD_NAME, entry);
    }
    return new EntryPath(names);
  }

  private static boolean isPossible(String text) {
    if (CONTROLS.matcher(text).find() || text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      return false;
    }
    try {
      var _ = Path.of(text);
      return true;
    } catch (InvalidPathException e) {
      return false; // a name that cannot be written in the user's encoding
    }
  }

  /** What a person wrote to name an entry; whatever it is, it names at most one. */
  static EntryPath asked(String text) {
    var names = new ArrayList<String>();
    for (var name : text.split("/", -1)) {
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return new EntryPath(names);
  }

  /** Without the first names; empty when nothing is left. */
  Optional<EntryPath> without(int first) {
    return names.size() <= first
        ? Optional.empty()
        : Optional.of(new EntryPath(names.subList(first, names.size())));
  }

  /** Whether it is that one, or below it. */
  boolean isWithin(EntryPath other) {
    return names.size() >= other.names.size()
        && names.subList(0, other.names.size()).equals(other.names);
  }

  /** The folder it stands in. */
  EntryPath parent() {
    return new EntryPath(names.subList(0, Math.max(0, names.size() - 1)));
  }

  /** Fails when a link at this place may lead out of the folder. */
  void requireInside(OpenArchive archive, Entry entry) {
    var target = entry.target();
    var climbs = 0;
    var isBehindName = false;
    for (var name : target.split("/", -1)) {
      if (name.equals("..")) {
        climbs++;
        // What stands before it may be a link, and `..` of what that leads to anything.
        if (isBehindName || climbs >= names.size()) {
          throw archive.error(ArchiveError.LINK_OUTSIDE, entry, target);
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        isBehindName = true;
      }
    }
    if (target.startsWith("/")) {
      throw archive.error(ArchiveError.LINK_OUTSIDE, entry, target);
    }
    if (target.isEmpty() || !isPossible(target)) {
      throw archive.error(ArchiveError.BAD_NAME, entry);
    }
  }

  Path in(Path folder) {
    var path = folder;
    for (var name : names) {
      path = path.resolve(name);
    }
    return path;
  }

  @Override
  public String toString() {
    return String.join("/", names);
  }
}
