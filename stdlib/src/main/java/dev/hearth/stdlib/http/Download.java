package dev.hearth.stdlib.http;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.http.Fetch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An answer on its way into a file, which is there whole and right or not at all. */
final class Download {
  private static final Pattern CHECKSUM =
      Pattern.compile("(sha1|sha256|sha384|sha512):([0-9a-fA-F]+)");
  private static final int EXCERPT = 8 * 1024;

  private final Fetch fetch;
  private final Files files;

  /**
   * What was read.
   *
   * @param checksum of the whole, as {@code sha256:…} or with the algorithm that was asked for
   */
  record Done(String path, long sizeBytes, String checksum, int status, String url) {}

  Download(Fetch fetch, Files files) {
    this.fetch = fetch;
    this.files = files;
  }

  Done to(Path path, Fetch.Sending sending, @Nullable String checksum) {
    var wanted = checksum == null ? null : CHECKSUM.matcher(checksum);
    if (wanted != null && !wanted.matches()) {
      throw new HearthException(
          HttpError.OPTION_WRONG,
          "checksum",
          "is written as sha256:HEX, or with sha1, sha384, sha512");
    }
    var algorithm = wanted == null ? "sha256" : wanted.group(1);
    var digest = digest(algorithm);
    try (var answer = fetch.open(sending, null)) {
      var head = answer.head();
      if (head.status() < 200 || head.status() > 299) {
        throw new HearthException(
                HttpError.STATUS,
                "GET",
                head.url().replaceFirst("[?#].*", ""),
                head.status(),
                head.reason().isEmpty() ? "" : " " + head.reason())
            .with("status", head.status())
            .with("body", answer.response().body().excerpt(EXCERPT));
      }
      try (var replacement = files.replace(path)) {
        var counted = new Counted(replacement.output());
        answer.response().body().copyTo(new DigestOutputStream(counted, digest));
        var hex = HexFormat.of().formatHex(digest.digest());
        if (wanted != null && !hex.equals(wanted.group(2).toLowerCase(Locale.ROOT))) {
          throw new HearthException(
              HttpError.CHECKSUM_WRONG, head.url().replaceFirst("[?#].*", ""), algorithm, hex);
        }
        replacement.commit();
        return new Done(
            path.toString(), counted.size, algorithm + ":" + hex, head.status(), head.url());
      }
    }
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm.replace("sha", "SHA-"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has the hashes of the SHA family.", e);
    }
  }

  private static final class Counted extends OutputStream {
    private final OutputStream target;
    private long size;

    private Counted(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int octet) throws IOException {
      target.write(octet);
      size++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      target.write(bytes, offset, length);
      size += length;
    }
  }
}
