package dev.hearth.stdlib.images;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a vendor publishes an image. In addresses {@code {arch}} is the vendor's word for the
 * architecture; further words in braces are read from the vendor's list.
 *
 * @param image where the newest build is
 * @param index the list that tells what the further words are; where there is none, the checksums
 *     tell it
 * @param checksums where the digest is; null where it is {@code checksum}
 * @param checksum the digest itself, of an image that never changes
 * @param redirects the further hosts that the vendor's server sends its visitors to
 */
public record ImageSource(
    String image,
    @Nullable Index index,
    @Nullable Checksums checksums,
    @Nullable String checksum,
    List<String> redirects) {

  /** Of an image whose digest is not known beforehand. */
  Checksums published() {
    return Objects.requireNonNull(checksums, "the digest is known");
  }

  String algorithm() {
    return checksum == null ? published().algorithm() : ChecksumFile.algorithmOf(checksum);
  }

  /**
   * A vendor's list of builds: a folder's listing, a file that points to the newest, anything that
   * is text.
   *
   * @param find how a build is named there; the image's file name where nothing is said
   */
  public record Index(String url, @Nullable String find) {}

  /**
   * A vendor's checksums.
   *
   * @param algorithm {@code sha256} or {@code sha512}
   */
  public record Checksums(String url, ChecksumFormat format, String algorithm) {}
}
