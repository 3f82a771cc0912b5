package dev.hearth.stdlib.hash;

import dev.hearth.runtime.spi.Op;
import dev.hearth.stdlib.hash.Algorithm.Encoding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Digests of what a recipe has in hand. */
final class HashPureOps {
  record How(Algorithm algorithm, Encoding encoding) {
    String shown(byte[] digest) {
      return encoding.of(digest);
    }
  }

  @Op(pure = true)
  String ofText(How how, String text) {
    return how.shown(how.algorithm.digest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Op(pure = true)
  String ofBytes(How how, byte[] bytes) {
    return how.shown(how.algorithm.digest().digest(bytes));
  }

  record Keyed(Algorithm algorithm, Encoding encoding, String key) {}

  @Op(pure = true)
  String hmacOfText(Keyed how, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return how.encoding.of(how.algorithm.hmac(how.key, bytes));
  }

  @Op(pure = true)
  String hmacOfBytes(Keyed how, byte[] bytes) {
    return how.encoding.of(how.algorithm.hmac(how.key, bytes));
  }

  record Pair(String a, String b) {}

  /** Takes as long whatever differs. */
  @Op(pure = true)
  boolean equal(Pair pair) {
    return MessageDigest.isEqual(
        pair.a.getBytes(StandardCharsets.UTF_8), pair.b.getBytes(StandardCharsets.UTF_8));
  }
}
