package dev.hearth.stdlib.proxmox.sim.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is kept of a file's content.
 *
 * @param bytes its length
 * @param virtualBytes the size of the disk in it: from the header if it is a qcow2 image, else its
 *     length
 * @param usedBytes the space it takes
 * @param isQcow2 whether it begins as a qcow2 image does
 * @param digests in lower-case hexadecimal, by Proxmox's name of the algorithm
 */
public record FileFacts(
    long bytes, long virtualBytes, long usedBytes, boolean isQcow2, Map<String, String> digests) {
  /** Proxmox's names of checksum algorithms, in its order. */
  public static final List<String> ALGORITHMS =
      List.of("md5", "sha1", "sha224", "sha256", "sha384", "sha512");

  private static final int HEADER = 32;
  private static final int QCOW2_MAGIC = 0x514649fb;
  private static final int SIZE_OFFSET = 24;

  public FileFacts {
    digests = Map.copyOf(digests);
  }

  /** Reads a file to its end. */
  public static FileFacts of(InputStream content) throws IOException {
    var digests = machines();
    var header = new byte[HEADER];
    int inHeader = 0;
    long length = 0;
    var buffer = new byte[65_536];
    for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
      if (inHeader < HEADER) {
        int taken = Math.min(n, HEADER - inHeader);
        System.arraycopy(buffer, 0, header, inHeader, taken);
        inHeader += taken;
      }
      for (var digest : digests.values()) {
        digest.update(buffer, 0, n);
      }
      length += n;
    }
    var hex = new LinkedHashMap<String, String>();
    digests.forEach((name, digest) -> hex.put(name, HexFormat.of().formatHex(digest.digest())));
    boolean isQcow2 = inHeader == HEADER && ByteBuffer.wrap(header).getInt() == QCOW2_MAGIC;
    long disk = isQcow2 ? ByteBuffer.wrap(header).getLong(SIZE_OFFSET) : length;
    return new FileFacts(length, disk, length, isQcow2, hex);
  }

  /**
   * The facts of a file that nobody ever saw, for worlds that are born with one: its digests are
   * those of its name.
   */
  public static FileFacts invented(String name, long bytes, long virtualBytes) {
    var hex = new LinkedHashMap<String, String>();
    machines()
        .forEach(
            (algorithm, digest) ->
                hex.put(
                    algorithm,
                    HexFormat.of()
                        .formatHex(digest.digest(name.getBytes(StandardCharsets.UTF_8)))));
    return new FileFacts(bytes, virtualBytes, bytes, name.endsWith(".qcow2"), hex);
  }

  private static Map<String, MessageDigest> machines() {
    var digests = new LinkedHashMap<String, MessageDigest>();
    var javaNames = List.of("MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512");
    for (int i = 0; i < ALGORITHMS.size(); i++) {
      try {
        digests.put(ALGORITHMS.get(i), MessageDigest.getInstance(javaNames.get(i)));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(
            "This Java lacks one of " + Arrays.toString(javaNames.toArray()) + ".", e);
      }
    }
    return digests;
  }
}
