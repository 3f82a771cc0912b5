package dev.hearth.stdlib.proxmox.sim.rest;

import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.rest.UploadMethods.Arrival;
import dev.hearth.stdlib.proxmox.sim.storage.FileFacts;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import dev.hearth.stdlib.proxmox.sim.storage.Storage;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.io.IOException;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One download by a node, with the log that Proxmox and its wget write. */
final class Download {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final int WGET_NETWORK_FAILURE = 4;
  private static final int WGET_SERVER_ERROR = 8;

  private final Order order;
  private final TaskRun task;
  private final World world;
  private final ImageSource web;

  /** What to download, and where to. */
  record Order(
      Storage storage,
      String content,
      String filename,
      String url,
      boolean verifyCertificates,
      @Nullable String algorithm,
      @Nullable String checksum,
      @Nullable String compression) {
    String volname() {
      return content + "/" + filename;
    }

    String path() {
      return storage.path(volname());
    }
  }

  Download(Order order, TaskRun task, World world, ImageSource web) {
    this.order = order;
    this.task = task;
    this.world = world;
    this.web = web;
  }

  void run() throws Exception {
    checkCompression();
    task.log("downloading " + order.url() + " to " + order.path());
    if (isThere()) {
      return;
    }
    var temporary = order.path() + ".tmp_dwnl." + task.upid().pid();
    var fetched = fetch(temporary);
    var algorithm = order.algorithm();
    if (algorithm != null) {
      verify(algorithm, fetched.packed());
    }
    if (order.compression() != null) {
      var unpacked = order.path() + ".tmp_dcom." + task.upid().pid();
      task.log("decompressing " + temporary + " to " + unpacked);
    }
    var arrival = new Arrival(order.storage(), order.content(), order.filename(), fetched.inside());
    arrival.checkImage(temporary);
    arrival.store(world.now());
    task.log("download of '" + order.url() + "' to '" + order.path() + "' finished");
  }

  private void checkCompression() {
    var compression = order.compression();
    if (compression == null) {
      return;
    }
    if (!order.content().equals("iso")) {
      throw Refusal.die("decompression not supported for " + order.content());
    }
    if (!compression.equals("gz")) {
      throw Refusal.die("decompression of " + compression + " is not simulated");
    }
  }

  /** Whether the very file that is wanted is there already; dies if another one is. */
  private boolean isThere() {
    var existing = order.storage().find(order.volname()).orElse(null);
    if (existing == null) {
      return false;
    }
    var algorithm = order.algorithm();
    var expected = order.checksum();
    if (algorithm == null || expected == null) {
      throw Refusal.die("refusing to override existing file '" + order.path() + "'");
    }
    var got = existing.digests().getOrDefault(algorithm, "");
    if (!got.equals(expected.toLowerCase(Locale.ROOT))) {
      task.log("calculating checksum of existing file...");
      throw Refusal.die(
          "checksum mismatch: got '" + got + "' != expect '" + expected + "', aborting");
    }
    task.log(
        "calculating checksum of existing file...OK, got correct file already, no need to"
            + " download");
    return true;
  }

  private void verify(String algorithm, FileFacts facts) {
    var expected = order.checksum() == null ? "" : order.checksum();
    var got = facts.digests().getOrDefault(algorithm, "");
    if (!got.equals(expected.toLowerCase(Locale.ROOT))) {
      task.log("calculating checksum...");
      throw Refusal.die("checksum mismatch: got '" + got + "' != expect '" + expected + "'");
    }
    task.log("calculating checksum...OK, checksum verified");
  }

  private FileFacts.Unpacked fetch(String temporary) throws Exception {
    task.log("--" + stamp() + "--  " + order.url());
    var address = URI.create(order.url()).getAuthority();
    try (var answer = task.outside(() -> web.get(order.url(), order.verifyCertificates()))) {
      task.log("Connecting to " + address + "... connected.");
      task.log(
          "HTTP request sent, awaiting response... " + answer.status() + " " + answer.reason());
      if (answer.status() != 200) {
        task.log(stamp() + " ERROR " + answer.status() + ": " + answer.reason() + ".");
        throw failed(WGET_SERVER_ERROR);
      }
      task.log("Length: " + length(answer));
      task.log("Saving to: '" + temporary + "'");
      var fetched = task.outside(() -> read(answer));
      long bytes = fetched.packed().bytes();
      task.log("     0K                                    100% 100M=0.001s");
      task.log(stamp() + " (100 MB/s) - '" + temporary + "' saved [" + bytes + "/" + bytes + "]");
      return fetched;
    } catch (IOException | HearthException e) {
      if (Thread.interrupted()) {
        throw Refusal.die("interrupted by signal");
      }
      task.log("Connecting to " + address + "... failed: " + e.getMessage() + ".");
      throw failed(WGET_NETWORK_FAILURE);
    }
  }

  private FileFacts.Unpacked read(ImageSource.Answer answer) throws IOException {
    if (order.compression() != null) {
      return FileFacts.ofGzip(answer.body());
    }
    var facts = FileFacts.of(answer.body());
    return new FileFacts.Unpacked(facts, facts);
  }

  private static String length(ImageSource.Answer answer) {
    var type = answer.type() == null ? "" : " [" + answer.type() + "]";
    if (answer.length() < 0) {
      return "unspecified" + type;
    }
    var rounded = answer.length() < 1024 ? "" : " (" + rounded(answer.length()) + ")";
    return answer.length() + rounded + type;
  }

  /** A size as wget rounds it: {@code 192K}, {@code 1.5M}, {@code 323M}. */
  private static String rounded(long bytes) {
    double value = bytes;
    int unit = -1;
    while (value >= 1024 && unit < 3) {
      value /= 1024;
      unit++;
    }
    var number = value < 10 ? String.format(Locale.ROOT, "%.1f", value) : Math.round(value) + "";
    return number + "KMGT".charAt(unit);
  }

  private static Refusal failed(int exitCode) {
    return Refusal.die("download failed: exit code " + exitCode);
  }

  private String stamp() {
    return STAMP.format(world.clock().now());
  }
}
