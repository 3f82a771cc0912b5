package dev.hearth.stdlib.proxmox.sim.storage;

import dev.hearth.runtime.effect.BlockFilter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures bytes as they pass: their number, their digests, and what disk image they begin. */
final class Gauge {
  private static final int HEADER = 32;
  private static final int QCOW2_MAGIC = 0x514649fb;
  private static final int BACKING_OFFSET = 8;
  private static final int SIZE_OFFSET = 24;

  /** Where a disc (ISO 9660) says what it is, and its label. */
  private static final int DISC_OFFSET = 16 * 2048;

  private static final String DISC = "\1CD001\1";
  private static final int LABEL_OFFSET = DISC_OFFSET + 40;
  private static final int LABEL_END = LABEL_OFFSET + 32;
  private static final List<String> JAVA_NAMES =
      List.of("MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512");

  private final Map<String, MessageDigest> digests = new LinkedHashMap<>();
  private final ByteBuffer header = ByteBuffer.allocate(HEADER);
  private final ByteBuffer volume = ByteBuffer.allocate(LABEL_END);
  private long length;

  Gauge() {
    for (int i = 0; i < JAVA_NAMES.size(); i++) {
      try {
        var digest = MessageDigest.getInstance(JAVA_NAMES.get(i));
        digests.put(FileFacts.ALGORITHMS.get(i), digest);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("This Java lacks " + JAVA_NAMES.get(i) + ".", e);
      }
    }
  }

  void update(byte[] buffer, int offset, int count) {
    header.put(buffer, offset, Math.min(count, header.remaining()));
    volume.put(buffer, offset, Math.min(count, volume.remaining()));
    digests.values().forEach(digest -> digest.update(buffer, offset, count));
    length += count;
  }

  FileFacts facts() {
    boolean isQcow2 = !header.hasRemaining() && header.getInt(0) == QCOW2_MAGIC;
    boolean hasBacking = isQcow2 && header.getLong(BACKING_OFFSET) != 0;
    long disk = isQcow2 ? header.getLong(SIZE_OFFSET) : length;
    var kind =
        hasBacking
            ? FileFacts.Kind.QCOW2_WITH_BACKING_FILE
            : isQcow2 ? FileFacts.Kind.QCOW2 : FileFacts.Kind.OTHER;
    return new FileFacts(length, disk, length, kind, label(), hex());
  }

  private @Nullable String label() {
    var text = new String(volume.array(), StandardCharsets.ISO_8859_1);
    return !volume.hasRemaining() && text.startsWith(DISC, DISC_OFFSET)
        ? text.substring(LABEL_OFFSET).strip()
        : null;
  }

  private Map<String, String> hex() {
    var hex = new LinkedHashMap<String, String>();
    digests.forEach((name, digest) -> hex.put(name, HexFormat.of().formatHex(digest.digest())));
    return hex;
  }

  static Map<String, String> digestsOf(String text) {
    var gauge = new Gauge();
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    gauge.update(bytes, 0, bytes.length);
    return gauge.hex();
  }

  /** The same stream, measured as it is read. */
  InputStream on(InputStream stream) {
    return new BlockFilter(stream) {
      @Override
      public int read(byte[] buffer, int offset, int count) throws IOException {
        int n = in.read(buffer, offset, count);
        if (n > 0) {
          update(buffer, offset, n);
        }
        return n;
      }

      @Override
      public boolean markSupported() {
        return false;
      }
    };
  }
}
