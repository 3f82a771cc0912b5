package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.ssh.RemoteFiles;
import dev.hearth.runtime.effect.ssh.RemoteStat;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The files of a host, one at a time. */
final class HostFiles {
  /** As what a command may write. */
  private static final int READ_BYTES = 16 << 20;

  private final Host host;

  HostFiles(Host host) {
    this.host = host;
  }

  /**
   * What stands at a path.
   *
   * @param type {@code file}, {@code folder}, {@code link} or {@code other}
   * @param mode such as {@code 0644}
   */
  record Stat(String type, long sizeBytes, String modified, String mode, int uid, int gid) {
    static Stat of(RemoteStat stat) {
      return new Stat(
          stat.type().name().toLowerCase(Locale.ROOT),
          stat.sizeBytes(),
          stat.modified().toString(),
          stat.mode().toString(),
          stat.uid(),
          stat.gid());
    }
  }

  /** Something in a folder. */
  record Entry(String name, String type, long sizeBytes, String modified, String mode) {
    static Entry of(RemoteFiles.Entry entry) {
      var stat = Stat.of(entry.stat());
      return new Entry(entry.name(), stat.type(), stat.sizeBytes(), stat.modified(), stat.mode());
    }
  }

  byte[] read(String path) {
    var files = host.files();
    try (var input = files.open(path)) {
      var content = input.readNBytes(READ_BYTES);
      if (content.length == READ_BYTES && input.read() >= 0) {
        var size = files.stat(path).map(RemoteStat::sizeBytes).orElse((long) READ_BYTES);
        throw new HearthException(
            TransferError.FILE_TOO_LARGE,
            VisibleText.of(path),
            host.target().name(),
            size,
            READ_BYTES);
      }
      return content;
    } catch (IOException e) {
      throw files.failure(path, e);
    }
  }

  void write(String path, byte[] content, Optional<FileMode> mode) {
    var files = host.files();
    try (var replacement = files.replace(path, mode)) {
      try {
        replacement.output().write(content);
      } catch (IOException e) {
        throw files.failure(path, e);
      }
      replacement.commit();
    }
  }

  List<Entry> list(String folder) {
    return host.files().list(folder).stream().map(Entry::of).toList();
  }

  Optional<Stat> stat(String path) {
    return host.files().stat(path).map(Stat::of);
  }

  void makeFolder(String path) {
    host.files().makeFolders(path);
  }

  /** Removes what stands at a path; a link itself, and nothing behind it. */
  void remove(String path, boolean recursive) {
    var files = host.files();
    var stat = files.statItself(path);
    if (stat.isEmpty()) {
      return;
    }
    if (!stat.get().isFolder()) {
      files.delete(path);
    } else if (recursive) {
      removeTree(files, path);
    } else if (files.list(path).isEmpty()) {
      files.deleteFolder(path);
    } else {
      throw new HearthException(
          TransferError.FOLDER_NOT_EMPTY, VisibleText.of(path), host.target().name());
    }
  }

  private void removeTree(RemoteFiles files, String folder) {
    for (var entry : files.list(folder)) {
      var path = folder + "/" + entry.name();
      if (entry.stat().type() == FileStat.Type.FOLDER) {
        removeTree(files, path);
      } else {
        files.delete(path);
      }
    }
    files.deleteFolder(folder);
  }
}
