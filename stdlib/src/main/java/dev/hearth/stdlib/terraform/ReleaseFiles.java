package dev.hearth.stdlib.terraform;

import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.http.Http;
import dev.hearth.runtime.effect.http.HttpOptions;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.permission.PermissionError;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The files of releases, where their maker or a mirror has them. */
final class ReleaseFiles {
  private static final long MIB = 1 << 20;

  private final Http http;
  private final String base;

  /** Those below an address. */
  ReleaseFiles(Net net, String base) {
    this.http = Http.over(net, HttpOptions.usual());
    this.base = base;
  }

  String address(Release release, String file) {
    return base + "/" + release.folder() + "/" + file;
  }

  /** A whole file, of a MiB at most. */
  byte[] read(Release release, String file) {
    var content = new ByteArrayOutputStream();
    copy(release, file, content, MIB);
    return content.toByteArray();
  }

  /**
   * Copies a file.
   *
   * @return its SHA-256, in hexadecimal digits
   */
  String copy(Release release, String file, OutputStream target, long limit) {
    var address = address(release, file);
    var digest = sha256();
    try (var answer = http.send(HttpRequest.get(address))) {
      if (answer.status() != 200) {
        throw new HearthException(
            InstallError.NOT_HAD,
            address,
            "it was answered with %d %s".formatted(answer.status(), answer.reason()).strip() + ".");
      }
      answer.body().copyTo(new DigestOutputStream(new Limited(target, address, limit), digest));
      return HexFormat.of().formatHex(digest.digest());
    } catch (HearthException e) {
      throw isToldBetter(e)
          ? e
          : new HearthException(InstallError.NOT_HAD, address, e.sentence()).causedBy(e);
    }
  }

  private static boolean isToldBetter(HearthException e) {
    return e.code() instanceof InstallError
        || e.code() instanceof PermissionError
        || e.code().text().kind() == ErrorKind.INTERRUPTED;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /** Takes no more than a release can have: whoever serves it may send without an end. */
  private static final class Limited extends FilterOutputStream {
    private final String address;
    private final long limit;
    private long size;

    Limited(OutputStream target, String address, long limit) {
      super(target);
      this.address = address;
      this.limit = limit;
    }

    @Override
    public void write(int octet) throws IOException {
      grow(1);
      out.write(octet);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      grow(length);
      out.write(bytes, offset, length);
    }

    private void grow(int length) {
      size += length;
      if (size > limit) {
        throw new HearthException(InstallError.TOO_LARGE, address, limit / MIB);
      }
    }
  }
}
