package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.FileStat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.UUID;

/** New content of a file on a host, on its way: it has another name until {@link #commit}. */
public final class RemoteReplacement implements AutoCloseable {
  private static final int ROOT = 0;

  private final RemoteFiles files;
  private final String target;
  private final String temporary;
  private final Optional<RemoteStat> before;
  private final Optional<FileMode> mode;
  private final OutputStream output;
  private boolean open = true;
  private boolean written;

  private RemoteReplacement(
      RemoteFiles files, String target, Optional<RemoteStat> before, Optional<FileMode> mode) {
    this.files = files;
    this.target = target;
    this.before = before;
    this.mode = mode.or(() -> before.map(RemoteStat::mode));
    this.temporary =
        target.substring(0, target.lastIndexOf('/') + 1) + ".hearth-" + UUID.randomUUID();
    this.output = files.create(temporary);
    if (this.mode.isPresent()) {
      // Content that will be private is never readable by others, not even on its way.
      files.setMode(temporary, FileMode.PRIVATE);
    }
  }

  static RemoteReplacement begin(RemoteFiles files, String path, Optional<FileMode> mode) {
    boolean isLink =
        files.statItself(path).filter(stat -> stat.type() == FileStat.Type.LINK).isPresent();
    var target = isLink ? files.realPath(path) : path;
    var before = files.stat(target);
    if (before.filter(stat -> !stat.isFile()).isPresent()) {
      throw files.failure(path, new IOException("it is no file"));
    }
    return new RemoteReplacement(files, target, before, mode);
  }

  /** Where the content goes. */
  public OutputStream output() {
    return output;
  }

  /** Where the content is meanwhile: to look at it before it is committed. */
  public String temporary() {
    return temporary;
  }

  /** Waits until the host has all of the content. */
  public void flush() {
    try {
      output.close();
      written = true;
    } catch (IOException e) {
      throw files.failure(target, e);
    }
  }

  /** Puts the content in the place of the old. */
  public void commit() {
    if (!written) {
      flush();
    }
    mode.ifPresent(bits -> files.setMode(temporary, bits));
    before.ifPresent(this::keepOwner);
    files.moveOver(temporary, target);
    open = false;
  }

  /** Only root can give a file to another; for everyone else it becomes their own. */
  private void keepOwner(RemoteStat old) {
    var made = files.stat(temporary);
    if (made.isPresent()
        && made.get().uid() == ROOT
        && (old.uid() != made.get().uid() || old.gid() != made.get().gid())) {
      files.setOwner(temporary, old.uid(), old.gid());
      mode.ifPresent(bits -> files.setMode(temporary, bits));
    }
  }

  /** Forgets the content unless it was committed. */
  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    boolean interrupted = Thread.interrupted(); // tidying up takes a moment, also when it is late
    try {
      discard();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void discard() {
    if (!written) {
      try {
        output.close();
      } catch (IOException e) {
        // What went wrong with it was told already, or it was given up.
      }
    }
    if (files.isOpen()) {
      files.delete(temporary);
    }
  }
}
