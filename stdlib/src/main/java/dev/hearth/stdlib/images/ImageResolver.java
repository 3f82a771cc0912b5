package dev.hearth.stdlib.images;

import dev.hearth.runtime.HearthException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the newest build of an image and its checksum, from what its vendor publishes now. */
final class ImageResolver {
  private static final String CHECKSUMS = "checksums";

  private final VendorFiles vendor;

  ImageResolver(VendorFiles vendor) {
    this.vendor = vendor;
  }

  /**
   * A build that a vendor has.
   *
   * @param digest in lower-case hexadecimal digits
   */
  record Build(String url, String digest) {
    String file() {
      return new AddressPattern(url).file().text();
    }
  }

  Build newest(CatalogueImage image, String architecture) {
    var words =
        image
            .words(architecture)
            .orElseThrow(
                () ->
                    new HearthException(
                        ImagesError.ARCHITECTURE,
                        image.id(),
                        architecture,
                        String.join(", ", image.architectures().keySet())));
    var given = image.source().checksum();
    if (given != null) {
      return new Build(with(image.source().image(), words), given);
    }
    return image.source().published().format() == ChecksumFormat.JSON
        ? inDocument(image, words)
        : inFiles(image, words);
  }

  /** Addresses and digests are in one document. */
  private Build inDocument(CatalogueImage image, Map<String, String> words) {
    var source = image.source();
    var address = with(source.published().url(), words);
    var pattern = new AddressPattern(source.image()).with(words);
    var builds =
        VendorJson.parse(vendor.read(address, CHECKSUMS, image))
            .orElseThrow(() -> notAsDeclared(image, address))
            .builds(pattern, source.published().algorithm());
    if (builds.isEmpty()) {
      throw new HearthException(ImagesError.NO_BUILD, image.id(), address)
          .with("wanted", pattern.text());
    }
    var newest = builds.lastEntry();
    var url = pattern.with(newest.getKey()).text();
    return new Build(url, only(newest.getValue(), url, address));
  }

  /** A list may tell which build is the newest; another file, or the same, has the digest. */
  private Build inFiles(CatalogueImage image, Map<String, String> words) {
    var source = image.source();
    var pattern = new AddressPattern(source.image()).with(words);
    var checksums = new AddressPattern(source.published().url()).with(words);
    Optional<String> read = Optional.empty();
    if (pattern.isOpen()) {
      var index = source.index();
      var address = index == null ? checksums.text() : with(index.url(), words);
      var find =
          index == null || index.find() == null
              ? pattern.file()
              : new AddressPattern(index.find()).with(words);
      var list = vendor.read(address, "list of builds", image);
      var newest =
          find.newestIn(list)
              .orElseThrow(
                  () ->
                      new HearthException(ImagesError.NO_BUILD, image.id(), address)
                          .with("wanted", find.text()));
      pattern = pattern.with(newest);
      checksums = checksums.with(newest);
      read = address.equals(checksums.text()) ? Optional.of(list) : read;
    }
    var url = pattern.text();
    var address = checksums.text();
    var text = read.orElseGet(() -> vendor.read(address, CHECKSUMS, image));
    return new Build(url, digest(image, url, address, text));
  }

  private static String digest(CatalogueImage image, String url, String address, String text) {
    var declared = image.source().published();
    var file = new ChecksumFile(text, declared.format());
    if (!file.isAsDeclared()) {
      throw notAsDeclared(image, address);
    }
    var name = new AddressPattern(url).file().text();
    var digests = file.digestsOf(name, declared.algorithm());
    if (digests.isEmpty() && address.startsWith(url)) {
      digests = file.all(declared.algorithm()); // of a link, it may name what that leads to
    }
    return only(digests, name, address);
  }

  private static String only(Set<String> digests, String name, String address) {
    if (digests.isEmpty()) {
      throw new HearthException(ImagesError.NO_CHECKSUM, name, address);
    }
    if (digests.size() > 1) {
      throw new HearthException(ImagesError.CHECKSUM_AMBIGUOUS, name, address)
          .with("checksums", digests);
    }
    return digests.iterator().next();
  }

  private static HearthException notAsDeclared(CatalogueImage image, String address) {
    return new HearthException(
        ImagesError.CHECKSUMS_NOT_UNDERSTOOD,
        image.id(),
        address,
        switch (image.source().published().format()) {
          case CLEAR_SIGNED -> "a clear-signed message";
          case BARE -> "one checksum and nothing else";
          case JSON -> "JSON";
          case COREUTILS, BSD -> "lines of checksums";
        });
  }

  private static String with(String address, Map<String, String> words) {
    return new AddressPattern(address).with(words).text();
  }
}
