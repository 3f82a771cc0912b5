package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.ssh.RemoteFileError;
import dev.hearth.runtime.effect.ssh.RemoteFiles;
import dev.hearth.runtime.permission.VisibleText;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be copied: a file alone, or a folder with all that is in it. Links are not followed,
 * so that nothing is read from outside of the folder, and not made, so that nothing is written
 * there.
 *
 * @param folders each before those in it; empty where a file is copied alone
 * @param skipped what is neither a file nor a folder
 */
record CopyPlan(List<Item> folders, List<Item> files, List<String> skipped) {
  private static final int DEEPEST = 256;

  /**
   * A file or a folder.
   *
   * @param path below the one that is copied; empty for that one itself
   */
  record Item(String path, long sizeBytes, FileMode mode, Instant modified) {}

  /** The size of all files. */
  long sizeBytes() {
    return files.stream().mapToLong(Item::sizeBytes).sum();
  }

  private CopyPlan() {
    this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  static CopyPlan ofThisMachine(Files files, Path root) {
    var stat =
        files
            .stat(root)
            .orElseThrow(() -> new HearthException(FileError.NOT_FOUND, VisibleText.of(root)));
    var plan = new CopyPlan();
    var item = new Item("", stat.sizeBytes(), stat.mode(), stat.modified());
    if (plan.add(item, stat.type())) {
      plan.walk(files, root, "", 0);
    }
    return plan.orNothing(root.toString(), "this machine");
  }

  private void walk(Files files, Path folder, String prefix, int depth) {
    requireShallow(folder.toString(), "this machine", depth);
    for (var entry : files.entries(folder)) {
      var path = folder.resolve(entry.name());
      var below = prefix + entry.name();
      if (entry.type() == FileStat.Type.LINK || entry.type() == FileStat.Type.OTHER) {
        skipped.add(below);
        continue;
      }
      var modified = files.stat(path).map(FileStat::modified).orElse(Instant.EPOCH);
      if (add(new Item(below, entry.sizeBytes(), entry.mode(), modified), entry.type())) {
        walk(files, path, below + "/", depth + 1);
      }
    }
  }

  static CopyPlan ofHost(RemoteFiles files, String root, String host) {
    var stat =
        files
            .stat(root)
            .orElseThrow(
                () ->
                    new HearthException(
                        RemoteFileError.FILE_NOT_FOUND, VisibleText.of(root), host));
    var plan = new CopyPlan();
    var item = new Item("", stat.sizeBytes(), stat.mode(), stat.modified());
    var where = "`" + host + "`";
    if (plan.add(item, stat.type())) {
      plan.walk(files, root, "", where, 0);
    }
    return plan.orNothing(root, where);
  }

  private void walk(RemoteFiles files, String folder, String prefix, String where, int depth) {
    requireShallow(folder, where, depth);
    for (var entry : files.list(folder)) {
      var below = prefix + entry.name();
      var stat = entry.stat();
      if (add(new Item(below, stat.sizeBytes(), stat.mode(), stat.modified()), stat.type())) {
        walk(files, folder + "/" + entry.name(), below + "/", where, depth + 1);
      }
    }
  }

  /** Whether it is a folder, which is to be gone through. */
  private boolean add(Item item, FileStat.Type type) {
    switch (type) {
      case FILE -> files.add(item);
      case FOLDER -> folders.add(item);
      case LINK, OTHER -> skipped.add(item.path());
    }
    return type == FileStat.Type.FOLDER;
  }

  private CopyPlan orNothing(String root, String where) {
    if (files.isEmpty() && folders.isEmpty()) {
      throw new HearthException(TransferError.SOURCE_NOT_COPIED, VisibleText.of(root), where);
    }
    return this;
  }

  private static void requireShallow(String folder, String where, int depth) {
    if (depth > DEEPEST) {
      throw new HearthException(TransferError.TOO_DEEP, VisibleText.of(folder), where);
    }
  }
}
