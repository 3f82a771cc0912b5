package dev.hearth.stdlib.images;

import dev.hearth.stdlib.images.sim.MirrorImage;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The catalogue as simulated mirrors publish it: each image in the build that was seen last. */
final class SimulatedVendors {
  private static final Pattern LAST_NUMBER = Pattern.compile("([0-9]+)(?=[^0-9]*$)");

  private SimulatedVendors() {}

  static List<MirrorImage> of(Catalogue catalogue) {
    return catalogue.images().stream()
        .filter(image -> isSeen(image))
        .flatMap(
            image -> image.architectures().values().stream().map(word -> published(image, word)))
        .toList();
  }

  /**
   * Of a user's own image nobody may have said what a build is called; and one whose digest is
   * known cannot be made up.
   */
  private static boolean isSeen(CatalogueImage image) {
    if (image.source().checksum() != null) {
      return false;
    }
    var words = new HashMap<>(image.seen());
    words.put("arch", "");
    return words.keySet().containsAll(new AddressPattern(image.source().image()).words());
  }

  private static MirrorImage published(CatalogueImage image, String word) {
    var words = new HashMap<>(image.seen());
    words.put("arch", word);
    var older = new HashMap<>(words);
    image.seen().forEach((name, value) -> older.put(name, before(value)));
    var source = image.source();
    var index = source.index();
    var file = new AddressPattern(source.image()).file();
    var entry = index == null || index.find() == null ? file : new AddressPattern(index.find());
    var packing = image.packing();
    return new MirrorImage(
        uri(source.image(), words),
        packing == null ? image.format().word() : packing.word(),
        image.diskGiB(),
        uri(source.published().url(), words),
        source.published().format().word(),
        source.published().algorithm(),
        index == null ? null : uri(index.url(), words),
        List.of(entry.with(older).text(), entry.with(words).text()));
  }

  /** A build before another: its last number is smaller, if it can be. */
  private static String before(String build) {
    return LAST_NUMBER.matcher(build).replaceFirst(found -> decreased(found));
  }

  private static String decreased(MatchResult number) {
    long value = Long.parseLong(number.group());
    return Long.toString(Math.max(0, value - 1));
  }

  private static URI uri(String address, Map<String, String> words) {
    return URI.create(new AddressPattern(address).with(words).text());
  }
}
