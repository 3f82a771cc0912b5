package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ssh.RemoteStat;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file or a folder of this machine on its way to a host. */
final class Upload extends Copying {
  private final Path from;

  Upload(Host host, Path from, String to, CopyOptions options) {
    super(
        host,
        to.endsWith("/") ? to + from.toAbsolutePath().normalize().getFileName() : to,
        options);
    this.from = from;
  }

  @Override
  CopyPlan plan() {
    return CopyPlan.ofThisMachine(files, from);
  }

  @Override
  void prepare(CopyPlan plan) {
    if (plan.folders().isEmpty()) {
      if (remote().stat(to).filter(RemoteStat::isFolder).isPresent()) {
        throw new HearthException(
            TransferError.TARGET_IS_FOLDER, VisibleText.of(to), "`" + host.target().name() + "`");
      }
      return;
    }
    plan.folders().forEach(folder -> remote().makeFolders(at(folder)));
  }

  @Override
  void copy(CopyPlan.Item file, @Nullable RemoteHashes hashes) throws IOException {
    var target = at(file);
    try (var input = files.open(here(file));
        var replacement = remote().replace(target, mode(file))) {
      var here = transfer(file, input, replacement.output(), hashes != null);
      replacement.flush();
      if (hashes != null && here != null) {
        hashes.require(target, replacement.temporary(), here);
      }
      if (options.preserve()) {
        remote().setModified(replacement.temporary(), file.modified());
      }
      replacement.commit();
    }
  }

  @Override
  void finish(CopyPlan plan) {
    if (options.preserve()) {
      for (var folder : plan.folders().reversed()) {
        remote().setMode(at(folder), folder.mode());
        remote().setModified(at(folder), folder.modified());
      }
    }
  }

  @Override
  HearthException unreadable(CopyPlan.Item file, IOException e) {
    return failedHere(here(file), e);
  }

  @Override
  HearthException unwritable(CopyPlan.Item file, IOException e) {
    return remote().failure(at(file), e);
  }

  private String at(CopyPlan.Item item) {
    return item.path().isEmpty() ? to : to + "/" + item.path();
  }

  private Path here(CopyPlan.Item item) {
    return item.path().isEmpty() ? from : from.resolve(item.path());
  }
}
