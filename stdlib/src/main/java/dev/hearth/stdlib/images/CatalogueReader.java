package dev.hearth.stdlib.images;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.images.CatalogueImage.Firmware;
import dev.hearth.stdlib.images.CatalogueImage.Format;
import dev.hearth.stdlib.images.CatalogueImage.Kind;
import dev.hearth.stdlib.images.CatalogueImage.Packing;
import dev.hearth.stdlib.images.CatalogueImage.Setup;
import dev.hearth.stdlib.images.ImageSource.Checksums;
import dev.hearth.stdlib.images.ImageSource.Index;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a catalogue: families with what their releases have in common, and in each its releases,
 * oldest first, with what is different. A release's quirks come after its family's; any other field
 * stands instead of the family's.
 */
final class CatalogueReader {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");
  private static final Pattern RELEASE = Pattern.compile("[A-Za-z0-9]+([._-][A-Za-z0-9]+)*");
  private static final Pattern LEVEL = Pattern.compile("x86-64-v[123]");
  private static final Pattern ALGORITHM = Pattern.compile("sha256|sha512");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}|[0-9a-f]{128}");
  private static final Pattern HOST = Pattern.compile("[a-z0-9-]+([.][a-z0-9-]+)+");
  private static final Pattern DATA_SOURCE = Pattern.compile("nocloud|configdrive2");
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "release",
          "releases",
          "codename",
          "name",
          "aliases",
          "variant",
          "kind",
          "image",
          "index",
          "checksums",
          "checksum",
          "redirects",
          "architectures",
          "format",
          "packing",
          "user",
          "packageManager",
          "init",
          "setup",
          "dataSource",
          "agentPackage",
          "agentPreinstalled",
          "firmware",
          "secureBoot",
          "cpuLevel",
          "diskGiB",
          "memoryMiB",
          "quirks",
          "released",
          "rolling",
          "endOfLife",
          "extendedUntil",
          "seen");

  private static final JsonPointer FAMILIES = JsonPointer.compile("/families");

  /** More of them would make a search long, and no vendor has more. */
  private static final int MOST_OPEN_WORDS = 2;

  private final CatalogueText text;
  private final List<HearthException> faults = new ArrayList<>();

  private CatalogueReader(CatalogueText text) {
    this.text = text;
  }

  /**
   * @param file what the text is called in messages
   * @throws HearthException {@code images.not-json}, {@code images.invalid}: all that is wrong
   */
  static List<CatalogueImage> read(String file, String text) {
    return new CatalogueReader(new CatalogueText(file, text)).images();
  }

  /** The images of a catalogue that a recipe spelled out. */
  static List<CatalogueImage> read(JsonNode spelledOut) {
    return new CatalogueReader(CatalogueText.spelledOut(spelledOut)).images();
  }

  private List<CatalogueImage> images() {
    var images = new ArrayList<CatalogueImage>();
    var families = text.tree().path("families");
    if (!families.isObject() || text.tree().size() != 1) {
      faults.add(
          text.invalid(
              JsonPointer.empty(), "it has to be an object with `families` and nothing else"));
    }
    for (var family : families.properties()) {
      var pointer = FAMILIES.appendProperty(family.getKey());
      var releases = family.getValue().path("releases");
      if (!releases.isArray() || releases.isEmpty()) {
        faults.add(text.invalid(pointer, "`" + family.getKey() + "` has no list `releases`"));
      }
      if (!NAME.matcher(family.getKey()).matches()) {
        faults.add(
            text.invalid(
                pointer,
                "the family `" + family.getKey() + "` needs a name of small letters and digits"));
      }
      for (int i = 0; i < releases.size(); i++) {
        var release = pointer.appendProperty("releases").appendIndex(i);
        images.add(image(family.getKey(), pointer, release));
      }
    }
    if (!faults.isEmpty()) {
      var once = new LinkedHashMap<String, HearthException>(); // all releases share the family's
      faults.forEach(fault -> once.putIfAbsent(fault.sentence(), fault));
      throw HearthException.all(List.copyOf(once.values()));
    }
    return List.copyOf(images);
  }

  private CatalogueImage image(String family, JsonPointer familyPointer, JsonPointer pointer) {
    var fields = EntryFields.at(text, pointer, faults).orElse(familyPointer);
    fields.only(FIELDS);
    var release = fields.matching("release", RELEASE, "letters and digits such as 24.04");
    var codename = fields.orNull("codename");
    var known = new HashMap<>(Map.of("release", release));
    if (codename != null) {
      known.put("codename", codename);
    }
    var name = new AddressPattern(fields.text("name")).with(known).text();
    var image =
        new CatalogueImage(
            fields.optional("id").orElse(family + "-" + release),
            family,
            release,
            codename,
            name,
            fields.list("aliases"),
            fields.flag("variant"),
            fields.choice("kind", Kind.values()).orElse(Kind.CLOUD_IMAGE),
            source(fields, known),
            fields.map("architectures"),
            fields.required("format", Format.values()),
            fields.choice("packing", Packing.values()).orElse(null),
            fields.orNull("user"),
            fields.orNull("packageManager"),
            fields.text("init"),
            fields.choice("setup", Setup.values()).orElse(Setup.CLOUD_INIT),
            fields.optional("dataSource").isEmpty()
                ? "nocloud"
                : fields.matching("dataSource", DATA_SOURCE, "nocloud or configdrive2"),
            fields.orNull("agentPackage"),
            fields.flag("agentPreinstalled"),
            fields.choices("firmware", Firmware.values()),
            fields.flag("secureBoot"),
            fields.matching("cpuLevel", LEVEL, "x86-64-v1, x86-64-v2 or x86-64-v3"),
            fields.count("diskGiB"),
            fields.count("memoryMiB"),
            fields.all("quirks"),
            fields.date("released"),
            fields.flag("rolling"),
            fields.date("endOfLife"),
            fields.date("extendedUntil"),
            fields.map("seen"));
    check(image, fields);
    return image;
  }

  private ImageSource source(EntryFields fields, Map<String, String> known) {
    if (fields.optional("checksum").isPresent()) {
      return given(fields, known);
    }
    var image = address(fields, "image", known);
    var index =
        fields
            .object("index")
            .map(
                inner -> {
                  inner.only(Set.of("url", "find"));
                  var find = inner.optional("find").map(f -> new AddressPattern(f).with(known));
                  return new Index(
                      address(inner, "url", known), find.map(AddressPattern::text).orElse(null));
                });
    var checksums =
        fields
            .object("checksums")
            .map(
                inner -> {
                  inner.only(Set.of("url", "format", "algorithm"));
                  return new Checksums(
                      address(inner, "url", known),
                      inner.required("format", ChecksumFormat.values()),
                      inner.matching("algorithm", ALGORITHM, "sha256 or sha512"));
                })
            .orElseGet(
                () -> {
                  fields.fault("it has no `checksums`");
                  return new Checksums("", ChecksumFormat.BARE, "sha256");
                });
    var redirects = fields.list("redirects");
    redirects.stream()
        .filter(host -> !HOST.matcher(host).matches())
        .forEach(host -> fields.fault("redirects", "`" + host + "` is no host"));
    return new ImageSource(image, index.orElse(null), checksums, null, redirects);
  }

  /** An image that never changes: its digest says what it is, wherever it comes from. */
  private static ImageSource given(EntryFields fields, Map<String, String> known) {
    var image = new AddressPattern(fields.text("image")).with(known).text();
    if (!image.matches("https?://[^/\\s{}]+/\\S+") || !open(image).isEmpty()) {
      fields.fault("image", "`" + image + "` is no web address of one file");
    }
    for (var other : List.of("checksums", "index", "redirects")) {
      if (fields.has(other)) {
        fields.fault(other, "`" + other + "` has no place beside a `checksum`");
      }
    }
    if (fields.map("architectures").size() > 1) {
      fields.fault("architectures", "one `checksum` is that of one architecture");
    }
    var digest = fields.matching("checksum", DIGEST, "a SHA-256 or SHA-512 in small letters");
    return new ImageSource(image, null, null, digest, List.of());
  }

  /** An https address whose host is written out. */
  private static String address(EntryFields fields, String name, Map<String, String> known) {
    var pattern = new AddressPattern(fields.text(name)).with(known);
    if (pattern.text().isEmpty()) {
      return "";
    }
    var sample = new HashMap<String, String>();
    pattern.words().forEach(word -> sample.put(word, "1"));
    URI uri;
    try {
      uri = URI.create(pattern.with(sample).text());
    } catch (IllegalArgumentException e) {
      fields.fault(name, "`" + pattern.text() + "` is no address");
      return "";
    }
    if (!"https".equals(uri.getScheme())) {
      fields.fault(name, "`" + pattern.text() + "` has to begin with https://");
    } else if (uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
      fields.fault(name, "`" + pattern.text() + "` is no address of a file on a host");
    } else if (!pattern.text().startsWith("https://" + uri.getHost())) {
      fields.fault(name, "the host of `" + pattern.text() + "` has to be written out");
    }
    return pattern.text();
  }

  private static void check(CatalogueImage image, EntryFields fields) {
    if (!NAME.matcher(image.id()).matches()) {
      fields.fault("the id `" + image.id() + "` has to be of small letters and digits");
    }
    if (image.architectures().isEmpty()) {
      fields.fault("it has no `architectures`");
    }
    if (image.extendedUntil() != null && image.endOfLife() == null) {
      fields.fault("extendedUntil", "`extendedUntil` needs an `endOfLife` before it");
    }
    if (image.rolling() && image.endOfLife() != null) {
      fields.fault("endOfLife", "what is rolling has no `endOfLife`");
    }
    checkWords(image, fields);
  }

  /** Every word of an address has to come from somewhere. */
  private static void checkWords(CatalogueImage image, EntryFields fields) {
    var source = image.source();
    if (source.checksum() != null) {
      return;
    }
    var open = open(source.image());
    var index = source.index();
    var sums = open(source.published().url());
    if (!open.containsAll(sums)) {
      fields.fault("checksums", "its address has words that `image` does not have: " + sums);
    }
    if (open.size() > MOST_OPEN_WORDS) {
      fields.fault("image", "its address has more than 2 words to look up: " + open);
    }
    if (index != null && !open(index.url()).isEmpty()) {
      fields.fault("index", "nothing is known of " + open(index.url()) + " before it is read");
    }
    if (index == null && !sums.isEmpty()) {
      fields.fault("checksums", "without an `index` nobody knows what " + sums + " is");
    }
    var find = index == null || index.find() == null ? source.image() : index.find();
    if (!open.isEmpty() && !open(find).containsAll(open)) {
      fields.fault("index", "`find` has to have all of " + open);
    }
  }

  /** The words of an address that neither its release nor the architecture fills in. */
  private static Set<String> open(String address) {
    return new AddressPattern(address).with(Map.of("arch", "")).words();
  }
}
