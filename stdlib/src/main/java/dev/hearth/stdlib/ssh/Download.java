package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.FileReplacement;
import dev.hearth.runtime.effect.ssh.RemoteFileError;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file or a folder of a host on its way to this machine. */
final class Download extends Copying {
  private final String from;

  Download(Host host, String from, String to, CopyOptions options) {
    super(host, to.endsWith("/") ? to + baseName(from) : to, options);
    this.from = from;
  }

  private static String baseName(String path) {
    var bare = path.replaceAll("/+$", "");
    return bare.substring(bare.lastIndexOf('/') + 1);
  }

  @Override
  CopyPlan plan() {
    return CopyPlan.ofHost(remote(), from, host.target().name());
  }

  @Override
  void prepare(CopyPlan plan) {
    plan.folders().forEach(folder -> files.makeFolders(here(folder)));
  }

  @Override
  void copy(CopyPlan.Item file, @Nullable RemoteHashes hashes) throws IOException {
    var source = there(file);
    try (var input = remote().open(source);
        var replacement = replacement(here(file), mode(file))) {
      var here = transfer(file, input, replacement.output(), hashes != null);
      if (hashes != null && here != null) {
        hashes.require(source, source, here);
      }
      replacement.commit();
    }
    if (options.preserve()) {
      files.setModified(here(file), file.modified());
    }
  }

  private FileReplacement replacement(Path file, Optional<FileMode> mode) {
    try {
      return mode.map(bits -> files.replace(file, bits)).orElseGet(() -> files.replace(file));
    } catch (HearthException e) {
      throw e.code() == FileError.NOT_A_FILE
          ? new HearthException(
                  TransferError.TARGET_IS_FOLDER, VisibleText.of(file), "this machine")
              .causedBy(e)
          : e;
    }
  }

  @Override
  void finish(CopyPlan plan) {
    if (options.preserve()) {
      for (var folder : plan.folders().reversed()) {
        files.setMode(here(folder), folder.mode());
        files.setModified(here(folder), folder.modified());
      }
    }
  }

  @Override
  HearthException unreadable(CopyPlan.Item file, IOException e) {
    return remote().failure(there(file), e);
  }

  @Override
  HearthException unwritable(CopyPlan.Item file, IOException e) {
    return failedHere(here(file), e);
  }

  private String there(CopyPlan.Item item) {
    return item.path().isEmpty() ? from : from + "/" + item.path();
  }

  /** Names come from the host: none of them is more than one part of a path. */
  private Path here(CopyPlan.Item item) {
    try {
      return item.path().isEmpty() ? Path.of(to) : Path.of(to).resolve(item.path());
    } catch (InvalidPathException e) {
      throw new HearthException(
              RemoteFileError.NAME_REFUSED,
              host.target().name(),
              VisibleText.of(from),
              VisibleText.of(item.path()))
          .causedBy(e);
    }
  }
}
