package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.ssh.RemoteFiles;
import dev.hearth.runtime.effect.ssh.SshError;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.OpContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A copy between this machine and a host, while it goes on: some files at a time. */
abstract class Copying {
  /** Small files cost round trips and no bytes, so several are on their way at the same time. */
  private static final int AT_ONCE = 8;

  private static final int CHUNK = 64 * 1024;
  private static final int NAMED = 5;

  final Host host;
  final Files files;

  /** Where it goes. */
  final String to;

  final CopyOptions options;
  private final AtomicInteger copied = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private volatile String path = "";
  private volatile @Nullable CopyPlan plan;

  Copying(Host host, String to, CopyOptions options) {
    this.host = host;
    this.files = host.recipe().files();
    this.to = to;
    this.options = options;
  }

  /** The files of the host, by a connection that is there when it is asked for. */
  final RemoteFiles remote() {
    return host.files();
  }

  /** The mode that a copy gets; empty: as it comes. */
  final Optional<FileMode> mode(CopyPlan.Item file) {
    return options
        .mode()
        .or(() -> options.preserve() ? Optional.of(file.mode()) : Optional.empty());
  }

  /**
   * How far it is.
   *
   * @param path the file that was begun last, below the one that is copied
   * @param totalFiles 0 as long as the folders are still being read
   */
  record Progress(String path, int files, int totalFiles, long bytes, long totalBytes) {}

  /**
   * What was copied.
   *
   * @param path where it is now
   * @param skipped links and what else is neither a file nor a folder
   */
  record Copied(String path, int files, int folders, long sizeBytes, List<String> skipped) {}

  Progress progress() {
    var known = plan;
    return new Progress(
        path,
        copied.get(),
        known == null ? 0 : known.files().size(),
        bytes.get(),
        known == null ? 0 : known.sizeBytes());
  }

  /** Copies everything. Blocks. */
  Copied run() {
    var found = plan();
    plan = found;
    tellSkipped(found.skipped());
    try (var hashes = hashes()) {
      prepare(found);
      forEach(found.files(), item -> copy(item, hashes));
    }
    finish(found);
    return new Copied(
        to, found.files().size(), found.folders().size(), bytes.get(), found.skipped());
  }

  abstract CopyPlan plan();

  /** Makes the folders. */
  abstract void prepare(CopyPlan plan);

  abstract void copy(CopyPlan.Item file, @Nullable RemoteHashes hashes) throws IOException;

  /** Gives the folders, the innermost first, what would have hindered the copy, or be changed. */
  abstract void finish(CopyPlan plan);

  abstract HearthException unreadable(CopyPlan.Item file, IOException e);

  abstract HearthException unwritable(CopyPlan.Item file, IOException e);

  final HearthException failedHere(Path file, IOException e) {
    if (Thread.currentThread().isInterrupted()) {
      return new HearthException(SshError.INTERRUPTED, host.target().name()).causedBy(e);
    }
    var reason = VisibleText.of(Objects.requireNonNullElse(e.getMessage(), "the system refused"));
    return new HearthException(FileError.FAILED, VisibleText.of(file), reason).causedBy(e);
  }

  /** What asks the host for checksums; {@code null} where nobody wants them. */
  private @Nullable RemoteHashes hashes() {
    return options.verify() ? new RemoteHashes(host) : null;
  }

  private void tellSkipped(List<String> skipped) {
    if (!skipped.isEmpty()) {
      host.log()
          .write(
              OpContext.Log.Level.WARN,
              "%d links and special files are not copied".formatted(skipped.size()),
              Map.of("skipped", skipped.subList(0, Math.min(NAMED, skipped.size()))));
    }
  }

  /** Copies the content of a file; returns its SHA-256 if it is wanted. */
  @Nullable String transfer(
      CopyPlan.Item file, InputStream input, OutputStream output, boolean hashed) {
    path = file.path();
    var digest = hashed ? sha256() : null;
    var chunk = new byte[CHUNK];
    for (int count = read(file, input, chunk); count >= 0; count = read(file, input, chunk)) {
      if (Thread.currentThread().isInterrupted()) {
        throw new HearthException(SshError.INTERRUPTED, host.target().name());
      }
      write(file, output, chunk, count);
      if (digest != null) {
        digest.update(chunk, 0, count);
      }
      bytes.addAndGet(count);
    }
    copied.incrementAndGet();
    return digest == null ? null : HexFormat.of().formatHex(digest.digest());
  }

  private int read(CopyPlan.Item file, InputStream input, byte[] chunk) {
    try {
      return input.read(chunk);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private void write(CopyPlan.Item file, OutputStream output, byte[] chunk, int count) {
    try {
      output.write(chunk, 0, count);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }

  @FunctionalInterface
  private interface Work {
    void on(CopyPlan.Item item) throws IOException;
  }

  /** The first failure ends it all. */
  private void forEach(List<CopyPlan.Item> items, Work work) {
    var waiting = new ConcurrentLinkedQueue<>(items);
    var failure = new AtomicReference<Throwable>();
    int count = Math.min(AT_ONCE, items.size());
    var done = new CountDownLatch(count);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < count; i++) {
      threads.add(
          Thread.ofVirtual()
              .name("ssh-copy " + host.target().name())
              .start(
                  () -> {
                    try {
                      for (var item = waiting.poll();
                          item != null && failure.get() == null;
                          item = waiting.poll()) {
                        on(item, work);
                      }
                    } catch (Throwable t) {
                      failure.compareAndSet(null, t);
                    } finally {
                      done.countDown();
                    }
                  }));
    }
    try {
      done.await();
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      awaitEnd(done);
      Thread.currentThread().interrupt();
      throw new HearthException(SshError.INTERRUPTED, host.target().name()).causedBy(e);
    }
    if (failure.get() != null) {
      throw told(failure.get());
    }
  }

  private void on(CopyPlan.Item item, Work work) {
    try {
      work.on(item);
    } catch (IOException e) {
      throw unreadable(item, e); // what was read could not even be closed
    }
  }

  private static void awaitEnd(CountDownLatch done) {
    boolean ended = false;
    while (!ended) {
      try {
        done.await();
        ended = true;
      } catch (InterruptedException again) {
        // They end soon, and what they leave is tidied up by them.
      }
    }
  }

  private static RuntimeException told(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return Objects.requireNonNull((RuntimeException) failure);
  }
}
