package dev.hearth.runtime.storage;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;

/**
 * A file of lines that never ends: when it is full it becomes {@code NAME.1.gz}, what was that
 * becomes {@code NAME.2.gz}, and so on up to as many as are kept. Any number of threads and
 * processes may append; each line stands in it whole and once.
 *
 * <p>Whoever appends holds the file's lock and lets go of it again, so that nobody ever writes into
 * a file that another process has put away meanwhile, and what a crash tore is cut off.
 */
public final class RollingLines {
  private final PrivateFolder folder;
  private final String name;
  private final long bytes;
  private final int keep;

  /**
   * Lines in a folder; nothing is made yet.
   *
   * @param bytes how large the file may grow; one line that is longer stands alone
   * @param keep how many full ones are kept, at least one
   */
  public RollingLines(PrivateFolder folder, String name, long bytes, int keep) {
    this.folder = folder;
    this.name = name;
    this.bytes = bytes;
    this.keep = keep;
  }

  /** The file that grows. */
  public Path path() {
    return folder.path().resolve(name);
  }

  /**
   * Appends a line. An interrupt meanwhile is kept for later: whoever was interrupted has more to
   * say than others.
   *
   * @param line with its end
   * @throws IOException when nothing of it was written
   */
  public void append(byte[] line) throws IOException {
    var interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        try {
          Exclusive.holding(path(), () -> appendAlone(line));
          return;
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
          interrupted = true; // before the line was written, and once more without it
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void appendAlone(byte[] line) throws IOException {
    if (Files.exists(path()) && Files.size(path()) + line.length > bytes) {
      putAway();
    }
    try (var file = AppendFile.open(folder, name)) {
      file.append(line);
    }
  }

  private void putAway() throws IOException {
    removeOld();
    for (var number = keep - 1; number >= 1; number--) {
      move(old(number), old(number + 1));
      move(Compressed.of(old(number)), Compressed.of(old(number + 1)));
    }
    if (Files.size(path()) > 0) {
      move(path(), old(1));
    }
    for (var number = 1; number <= keep; number++) {
      compress(old(number));
    }
  }

  private void compress(Path file) throws IOException {
    try {
      Compressed.compress(file);
    } catch (ClosedByInterruptException e) {
      throw e; // append begins again, and finds what is left to be done at the next full file
    } catch (IOException e) {
      return; // a full disk: it stays as it is until the next one is put away, and loses nothing
    }
  }

  /** All that there is no number for after the next one; more when fewer are kept than before. */
  private void removeOld() throws IOException {
    var numbered = Pattern.compile(Pattern.quote(name) + "[.](\\d{1,9})([.]gz)?");
    for (var each : folder.names()) {
      var number = numbered.matcher(each);
      if (number.matches() && Integer.parseInt(number.group(1)) >= keep) {
        Files.deleteIfExists(folder.path().resolve(each));
      }
    }
  }

  private Path old(int number) {
    return folder.path().resolve(name + "." + number);
  }

  private static void move(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
