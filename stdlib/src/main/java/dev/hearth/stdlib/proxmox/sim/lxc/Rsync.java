package dev.hearth.stdlib.proxmox.sim.lxc;

import java.util.Locale;
import java.util.function.Consumer;

/** What rsync prints when it has copied what is in a container. */
final class Rsync {
  /** What a file has on average, to tell of a number of files. */
  private static final long BYTES_OF_A_FILE = 180_000;

  private Rsync() {}

  static void copied(long bytes, Consumer<String> log) {
    long files = bytes / BYTES_OF_A_FILE;
    long folders = 16;
    log.accept(
        "Number of files: %d (reg: %d, dir: %d)"
            .formatted(files + folders + 2, files, folders + 2));
    log.accept(
        "Number of created files: %d (reg: %d, dir: %d)"
            .formatted(files + folders, files, folders));
    log.accept("Number of deleted files: 0");
    log.accept("Number of regular files transferred: " + files);
    log.accept("Total file size: " + number(bytes) + " bytes");
    log.accept("Total transferred file size: " + number(bytes) + " bytes");
    log.accept("Literal data: " + number(bytes) + " bytes");
    log.accept("Matched data: 0 bytes");
    log.accept("File list size: 0");
    log.accept("File list generation time: 0.001 seconds");
    log.accept("File list transfer time: 0.000 seconds");
    log.accept("Total bytes sent: " + number(bytes));
    log.accept("Total bytes received: 326");
    log.accept("");
    log.accept(
        "sent " + number(bytes) + " bytes  received 326 bytes  " + number(bytes) + ".00 bytes/sec");
    log.accept("total size is " + number(bytes) + "  speedup is 1.00");
  }

  private static String number(long bytes) {
    return String.format(Locale.ROOT, "%,d", bytes);
  }
}
