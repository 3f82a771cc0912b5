package dev.hearth.stdlib.images;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A vendor's checksum file, in any of the forms that distributions publish: GNU ({@code HEX NAME},
 * {@code HEX *NAME}), BSD ({@code SHA256 (NAME) = HEX}), or the digest alone. Signed files carry
 * further lines around these, which are passed over.
 */
final class ChecksumFile {
  private static final Pattern GNU = Pattern.compile("([0-9a-fA-F]{32,128}) [ *]?(\\S.*)");
  private static final Pattern BSD =
      Pattern.compile("(SHA256|SHA512) \\((.+)\\) = ([0-9a-fA-F]{64,128})");
  private static final Pattern ALONE = Pattern.compile("[0-9a-fA-F]{64,128}");

  private final String text;

  ChecksumFile(String text) {
    this.text = text;
  }

  /**
   * The digest of a file, in lower case; empty when this file says nothing about it.
   *
   * @param algorithm {@code sha256} or {@code sha512}; a digest of another length is no match
   */
  Optional<String> digestOf(String name, String algorithm) {
    int digits = algorithm.equals("sha512") ? 128 : 64;
    return text.lines()
        .map(String::strip)
        .flatMap(line -> digest(line, name).stream())
        .map(digest -> digest.toLowerCase(Locale.ROOT))
        .filter(digest -> digest.length() == digits)
        .findFirst();
  }

  private static Optional<String> digest(String line, String name) {
    var gnu = GNU.matcher(line);
    if (gnu.matches()) {
      return isNamed(gnu.group(2), name) ? Optional.of(gnu.group(1)) : Optional.empty();
    }
    var bsd = BSD.matcher(line);
    if (bsd.matches()) {
      return isNamed(bsd.group(2), name) ? Optional.of(bsd.group(3)) : Optional.empty();
    }
    return ALONE.matcher(line).matches() ? Optional.of(line) : Optional.empty();
  }

  /** Some vendors write the path on their own server in front. */
  private static boolean isNamed(String written, String name) {
    return written.equals(name) || written.endsWith("/" + name);
  }
}
