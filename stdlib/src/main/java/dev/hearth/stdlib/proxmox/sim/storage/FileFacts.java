package dev.hearth.stdlib.proxmox.sim.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a file's content.
 *
 * @param bytes its length
 * @param virtualBytes the size of the disk in it: from the header if it is a qcow2 image, else its
 *     length
 * @param usedBytes the space it takes
 * @param kind what its first bytes say it is
 * @param label of a disc (ISO 9660); null for what is none
 * @param digests in lower-case hexadecimal, by Proxmox's name of the algorithm
 */
public record FileFacts(
    long bytes,
    long virtualBytes,
    long usedBytes,
    Kind kind,
    @Nullable String label,
    Map<String, String> digests) {
  /** Proxmox's names of checksum algorithms, in its order. */
  public static final List<String> ALGORITHMS =
      List.of("md5", "sha1", "sha224", "sha256", "sha384", "sha512");

  /** What a file's first bytes say it is. */
  public enum Kind {
    QCOW2,
    /** A qcow2 image that is only what differs from another file. */
    QCOW2_WITH_BACKING_FILE,
    OTHER
  }

  public FileFacts {
    digests = Map.copyOf(digests);
  }

  /** Reads a file to its end. */
  public static FileFacts of(InputStream content) throws IOException {
    var gauge = new Gauge();
    gauge.on(content).transferTo(OutputStream.nullOutputStream());
    return gauge.facts();
  }

  /** Reads a gzip file to its end. */
  public static Unpacked ofGzip(InputStream content) throws IOException {
    var gauge = new Gauge();
    var packed = gauge.on(content);
    var inside = FileFacts.of(new GZIPInputStream(packed));
    packed.transferTo(OutputStream.nullOutputStream());
    return new Unpacked(gauge.facts(), inside);
  }

  /**
   * The facts of a file that nobody ever saw, for worlds that are born with one: its digests are
   * those of its name.
   */
  public static FileFacts invented(String name, long bytes, long virtualBytes) {
    var kind = name.endsWith(".qcow2") ? Kind.QCOW2 : Kind.OTHER;
    return new FileFacts(bytes, virtualBytes, bytes, kind, null, Gauge.digestsOf(name));
  }

  /** A compressed file, and what is in it. */
  public record Unpacked(FileFacts packed, FileFacts inside) {}
}
