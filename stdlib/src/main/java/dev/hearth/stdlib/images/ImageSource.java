package dev.hearth.stdlib.images;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a vendor publishes an image. In addresses {@code {arch}} is the vendor's word for the
 * architecture; further words in braces are read from the vendor's list.
 *
 * @param image where the newest build is
 * @param index the list that tells what the further words are; where there is none, the checksums
 *     tell it
 * @param checksums where the digest is
 * @param redirects the further hosts that the vendor's server sends its visitors to
 */
public record ImageSource(
    String image, @Nullable Index index, Checksums checksums, List<String> redirects) {

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
