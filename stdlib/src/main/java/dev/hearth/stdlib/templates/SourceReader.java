package dev.hearth.stdlib.templates;

import dev.hearth.stdlib.templates.Specification.Source;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a wish's machine comes from: an image, or a disc that it installs itself from. */
final class SourceReader {
  private static final Pattern URL = Pattern.compile("https?://[^\\s\"'`\\\\,]+");
  private static final Pattern CHECKSUM = Pattern.compile("[0-9a-fA-F]{64}|[0-9a-fA-F]{128}");
  private static final Pattern IMAGE =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+=-]*\\.(?:qcow2|raw|vmdk|ova)");
  private static final Pattern DISC = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\.iso");
  private static final Pattern VOLUME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*:[A-Za-z0-9._/+=-]+");
  private static final Pattern DISC_VOLUME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*:iso/[A-Za-z0-9._+=-]+\\.iso");

  private final Fields wish;
  private final ImageFacts image;

  SourceReader(Fields wish, ImageFacts image) {
    this.wish = wish;
    this.image = image;
  }

  Source source() {
    if (wish.isText("image")) {
      return none();
    }
    var source = wish.object("image").orElse(null);
    if (source == null) {
      return none();
    }
    if (source.has("iso")) {
      return disc(source);
    }
    source.only(List.of("url", "filename", "checksum", "volid", "like"));
    if (source.has("url") == source.has("volid")) {
      wish.fault(
          "image", "has to be an id of the catalogue, or to have one of `url`, `volid` and `iso`");
    }
    refuseBesideVolume(source);
    var url = source.matching("url", URL, "a web address").orElse(null);
    var filename =
        source
            .matching("filename", IMAGE, "a name that ends in .qcow2, .raw, .vmdk or .ova")
            .orElseGet(() -> url == null ? null : filename(source, url));
    var checksum = checksum(source);
    return new Source(
        image.id(),
        url,
        filename,
        checksum,
        algorithm(checksum),
        source.matching("volid", VOLUME, "a volume such as `local:import/disk.qcow2`").orElse(null),
        null,
        null);
  }

  private Source none() {
    return new Source(image.id(), null, null, null, null, null, null, null);
  }

  private Source disc(Fields source) {
    source.only(List.of("iso", "like"));
    var disc = source.object("iso").orElse(null);
    var installer = installer(source);
    if (disc == null) {
      return none();
    }
    disc.only(List.of("url", "filename", "checksum", "volid", "mirror"));
    if (disc.has("url") == disc.has("volid")) {
      source.fault("iso", "has to have either `url` or `volid`");
    }
    refuseBesideVolume(disc);
    if (disc.has("url") && !disc.has("checksum")) {
      disc.fault("checksum", "is missing", "Give the one that the vendor publishes of the disc.");
    }
    var url = disc.matching("url", URL, "a web address").orElse(null);
    var named = url == null ? "" : url.replaceFirst("[?#].*", "").replaceFirst(".*/", "");
    var filename = disc.matching("filename", DISC, "a name that ends in .iso").orElse(named);
    if (url != null && !disc.has("filename") && !DISC.matcher(named).matches()) {
      disc.fault("filename", "is missing, and the address does not end in .iso");
    }
    wholeDisk();
    var checksum = checksum(disc);
    return new Source(
        image.id(),
        url,
        url == null ? null : filename,
        checksum,
        algorithm(checksum),
        disc.matching("volid", DISC_VOLUME, "a volume such as `local:iso/disc.iso`").orElse(null),
        installer,
        disc.matching("mirror", URL, "a web address").orElse(null));
  }

  /** The one that finds answers by itself; a fault for what would wait at its first question. */
  private @Nullable Installer installer(Fields source) {
    if (!image.isKnown()) {
      source.fault(
          "like",
          "is missing",
          "Say which distribution the disc installs, such as `like: 'rocky-9'`.");
      return null;
    }
    var installer = Installer.of(image).orElse(null);
    if (installer == null) {
      source.fault(
          "iso",
          "cannot be installed by itself: the installer of %s takes no answers from a second disc"
              .formatted(image.called()),
          "Take its cloud image (`image: '%s'`), or install a VM by hand and give its disk as `volid`."
              .formatted(image.id()));
    }
    return installer;
  }

  /** The first disk is made empty, too. */
  private void wholeDisk() {
    var disks = wish.objects("disks");
    if (!disks.isEmpty()) {
      var first = disks.getFirst();
      first.size("size", false, 1).ifPresent(size -> HardwareReader.requireWholeGib(first, size));
    }
  }

  private static void refuseBesideVolume(Fields source) {
    if (source.has("volid") && (source.has("checksum") || source.has("filename"))) {
      source.fault("volid", "has no `checksum` and no `filename` beside it: the file is there");
    }
  }

  private static @Nullable String checksum(Fields source) {
    return source
        .matching("checksum", CHECKSUM, "the SHA-256 or SHA-512 in hexadecimal digits")
        .map(text -> text.toLowerCase(Locale.ROOT))
        .orElse(null);
  }

  private static @Nullable String algorithm(@Nullable String checksum) {
    return checksum == null ? null : checksum.length() == 64 ? "sha256" : "sha512";
  }

  /** The last part of an address, when Proxmox takes it; what is called .img is a qcow2. */
  private static @Nullable String filename(Fields source, String url) {
    var name =
        url.replaceFirst("[?#].*", "").replaceFirst(".*/", "").replaceFirst("\\.img$", ".qcow2");
    if (source.has("filename") || IMAGE.matcher(name).matches()) {
      return name;
    }
    source.fault(
        "filename",
        "is missing, and the address does not end in .qcow2, .img, .raw, .vmdk or .ova",
        "Give the name that the file gets on the storage, with the suffix of what it is.");
    return null;
  }
}
