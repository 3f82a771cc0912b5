package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * What comes out of a container, put where a recipe wants it. A container may be hostile, and so
 * may the engine: no name and no link leads out of the place that was meant, and nothing is written
 * through a link.
 */
final class ContainerTar {
  private final Files files;
  private final Path target;
  private final Map<Path, Boolean> seen = new HashMap<>(); // whether it is a folder
  private final List<Runnable> last = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private int fileCount;
  private long bytes;

  private ContainerTar(Files files, Path target) {
    this.files = files;
    this.target = target;
  }

  /**
   * What was copied.
   *
   * @param leftOut links that lead elsewhere, devices and pipes, by their path below what was
   *     copied
   */
  record Copied(int files, long sizeBytes, List<String> leftOut) {
    Copied {
      leftOut = List.copyOf(leftOut);
    }
  }

  /** Unpacks it to {@code target}: a file of that name, or a folder, which must be new or empty. */
  static Copied unpack(InputStream input, Files files, Path target) throws IOException {
    var place = new ContainerTar(files, target);
    var isNew = !files.exists(target);
    try {
      place.unpack(new TarArchiveInputStream(input, StandardCharsets.UTF_8.name()));
    } catch (IOException | RuntimeException e) {
      if (isNew) {
        Afterwards.inPeace(() -> files.deleteTree(target));
      }
      throw e;
    }
    return new Copied(place.fileCount, place.bytes, place.leftOut);
  }

  private void unpack(TarArchiveInputStream tar) throws IOException {
    var root = tar.getNextEntry();
    if (root == null) {
      throw new IOException("The archive is empty.");
    }
    if (!root.isDirectory()) {
      single(tar, root);
      return;
    }
    if (files.exists(target) && !files.list(target).isEmpty()) {
      throw new HearthException(DockerError.COPY_IN_THE_WAY, VisibleText.of(target));
    }
    files.makeFolders(target);
    seen.put(target, true);
    var top = names(root.getName());
    for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      add(tar, entry, top.size());
    }
    last.reversed().forEach(Runnable::run);
  }

  private void single(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
    if (!isPlainFile(entry)) {
      throw new HearthException(DockerError.COPY_NO_FILE, VisibleText.of(entry.getName()));
    }
    try (var replacement = files.replace(target, new FileMode(entry.getMode() & 0777))) {
      bytes = tar.transferTo(replacement.output());
      replacement.commit();
    }
    fileCount = 1;
  }

  private static boolean isPlainFile(TarArchiveEntry entry) {
    return entry.isFile() && !entry.isSymbolicLink() && !entry.isLink() && !isSpecial(entry);
  }

  private static boolean isSpecial(TarArchiveEntry entry) {
    return entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO();
  }

  private void add(TarArchiveInputStream tar, TarArchiveEntry entry, int above) throws IOException {
    var names = names(entry.getName());
    if (names.size() <= above) {
      return; // the folder itself, once more
    }
    var inside = names.subList(above, names.size());
    var path = path(inside, entry);
    if (entry.isDirectory()) {
      addFolder(path, entry);
    } else if (entry.isSymbolicLink()) {
      addLink(path, inside, entry);
    } else if (entry.isLink()) {
      addSecondName(path, entry, above);
    } else if (isSpecial(entry)) {
      leftOut.add(VisibleText.of(String.join("/", inside)));
    } else {
      requireNew(path, entry);
      bytes += write(path, tar, entry);
      fileCount++;
    }
  }

  /** Names of a path that leads nowhere else. */
  private static List<String> names(String text) {
    var names = new ArrayList<String>();
    for (var name : text.split("/", -1)) {
      if (name.equals("..") || name.indexOf('\0') >= 0) {
        throw hostile(text);
      }
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return names;
  }

  private static HearthException hostile(String name) {
    return new HearthException(DockerError.COPY_HOSTILE, VisibleText.of(name));
  }

  /** Its path here; all above it are folders that were made here. */
  private Path path(List<String> names, TarArchiveEntry entry) {
    var path = target;
    for (var name : names.subList(0, names.size() - 1)) {
      path = path.resolve(name);
      if (!seen.computeIfAbsent(path, this::makeFolder)) {
        throw hostile(entry.getName());
      }
    }
    return path.resolve(names.getLast());
  }

  private boolean makeFolder(Path path) {
    files.makeFolders(path);
    return true;
  }

  private void requireNew(Path path, TarArchiveEntry entry) {
    if (seen.putIfAbsent(path, false) != null) {
      throw hostile(entry.getName());
    }
  }

  private void addFolder(Path path, TarArchiveEntry entry) {
    if (!seen.computeIfAbsent(path, this::makeFolder)) {
      throw hostile(entry.getName());
    }
    var mode = new FileMode(entry.getMode() & 0777);
    var time = entry.getLastModifiedTime().toInstant();
    last.add(
        () -> {
          files.setModified(path, time);
          files.setMode(path, mode);
        });
  }

  private void addLink(Path path, List<String> names, TarArchiveEntry entry) {
    requireNew(path, entry);
    var leads = entry.getLinkName();
    if (leadsOut(leads, names.size() - 1)) {
      leftOut.add(VisibleText.of(String.join("/", names) + " -> " + leads));
      return;
    }
    files.makeLink(path, Path.of(leads));
  }

  /** What stands before a {@code ..} may be a link itself, and then it leads anywhere. */
  private static boolean leadsOut(String leads, int depth) {
    if (leads.startsWith("/") || leads.isEmpty() || leads.indexOf('\0') >= 0) {
      return true;
    }
    int climbs = 0;
    boolean isBehindName = false;
    for (var name : leads.split("/", -1)) {
      if (name.equals("..")) {
        climbs++;
        if (isBehindName || climbs > depth) {
          return true;
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        isBehindName = true;
      }
    }
    return false;
  }

  /** A second name becomes a second file. */
  private void addSecondName(Path path, TarArchiveEntry entry, int above) throws IOException {
    var other = names(entry.getLinkName());
    var first = other.size() <= above ? target : path(other.subList(above, other.size()), entry);
    if (!Boolean.FALSE.equals(seen.get(first))
        || !files.statLink(first).filter(it -> it.isFile()).isPresent()) {
      throw hostile(entry.getName());
    }
    requireNew(path, entry);
    try (var content = files.open(first)) {
      bytes += write(path, content, entry);
    }
    fileCount++;
  }

  private long write(Path path, InputStream content, TarArchiveEntry entry) throws IOException {
    long size;
    try (var output = new BufferedOutputStream(files.create(path), 1 << 16)) {
      size = content.transferTo(output);
    }
    files.setModified(path, entry.getLastModifiedTime().toInstant());
    files.setMode(path, new FileMode(entry.getMode() & 0777));
    return size;
  }
}
