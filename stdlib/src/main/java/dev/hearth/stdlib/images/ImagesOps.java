package dev.hearth.stdlib.images;

import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What recipes can do with images. Every method blocks; the runtime gives it a worker. */
final class ImagesOps {
  private static final String USUAL = "amd64";

  private final Catalogue catalogue;
  private final Effects effects;
  private final OpContext.Log log;
  private final ImageResolver resolver;

  ImagesOps(Catalogue catalogue, Effects effects, OpContext.Log log) {
    this.catalogue = catalogue;
    this.effects = effects;
    this.log = log;
    this.resolver = new ImageResolver(new VendorFiles(effects.net()));
  }

  record Named(String name) {}

  record Wanted(String name, @Nullable String architecture) {}

  /**
   * The newest build of an image.
   *
   * @param url where it is
   * @param filename what it is called on a Proxmox storage, whose rules ask for the real suffix
   * @param checksum the vendor's digest, in lower case
   * @param image what the catalogue knows of it
   */
  record Latest(
      String url,
      String filename,
      String checksum,
      String algorithm,
      String architecture,
      KnownImage image) {}

  @Op
  List<KnownImage> list() {
    var today = today();
    return catalogue.images().stream().map(image -> KnownImage.on(today, image)).toList();
  }

  @Op
  Optional<KnownImage> find(Named request) {
    var today = today();
    return catalogue.find(request.name(), today).map(image -> KnownImage.on(today, image));
  }

  @Op
  KnownImage get(Named request) {
    var today = today();
    return KnownImage.on(today, catalogue.get(request.name(), today));
  }

  @Op
  Latest latest(Wanted request) {
    var today = today();
    var image = catalogue.get(request.name(), today);
    var architecture = request.architecture() == null ? USUAL : request.architecture();
    var build = resolver.newest(image, architecture);
    warn(image, today);
    return new Latest(
        build.url(),
        storedAs(build, image),
        build.digest(),
        image.source().checksums().algorithm(),
        architecture,
        KnownImage.on(today, image));
  }

  private void warn(CatalogueImage image, LocalDate today) {
    if (image.status(today) == ImageStatus.END_OF_LIFE) {
      var end = image.extendedUntil() == null ? image.endOfLife() : image.extendedUntil();
      log.write(
          OpContext.Log.Level.WARN,
          image.name() + " gets no updates since " + end + ".",
          Map.of("image", image.id()));
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(effects.clock().now(), ZoneOffset.UTC);
  }

  /**
   * Proxmox refuses a qcow2 image that is called .img; and as vendors keep one name for all builds,
   * the digest's first digits keep two builds apart.
   */
  private static String storedAs(ImageResolver.Build build, CatalogueImage image) {
    var base = build.file().replaceFirst("\\.(qcow2|img|raw|iso|tar)?(\\.(xz|gz))?$", "");
    var packing = image.packing() == null ? "" : "." + image.packing().word();
    var suffix =
        image.packing() == CatalogueImage.Packing.TAR_XZ
            ? packing
            : "." + image.format().word() + packing;
    return base + "-" + build.digest().substring(0, 12) + suffix;
  }
}
