package dev.hearth.stdlib.hash;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.spi.Op;
import dev.hearth.stdlib.hash.Algorithm.Encoding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.Locale;

/** Digests of files of any size. */
final class HashOps {
  private final Files files;

  HashOps(Files files) {
    this.files = files;
  }

  record OfFile(Algorithm algorithm, Encoding encoding, Path path) {}

  @Op
  String ofFile(OfFile request) throws IOException {
    return request.encoding.of(digest(request.algorithm, request.path));
  }

  record Verify(Algorithm algorithm, Path path, String expected) {}

  /** Fails when a file has another digest, given as hexadecimal digits. */
  @Op
  void verify(Verify request) throws IOException {
    var actual = Encoding.hex.of(digest(request.algorithm, request.path));
    var expected = request.expected.strip().toLowerCase(Locale.ROOT);
    if (!actual.equals(expected)) {
      throw new HearthException(HashError.OTHER_CONTENT, request.path, request.expected, actual);
    }
  }

  private byte[] digest(Algorithm algorithm, Path path) throws IOException {
    var digest = algorithm.digest();
    try (var in = files.open(path);
        var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      in.transferTo(out);
    }
    return digest.digest();
  }
}
