package dev.hearth.stdlib.images;

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
  private static final String SUFFIX = "[.](qcow2|img|raw|iso|tar)?([.](xz|gz))?$";

  private final Catalogue known;
  private final OpContext context;

  /**
   * @param known whose hosts the intent opens
   */
  ImagesOps(Catalogue known, OpContext context) {
    this.known = known;
    this.context = context;
  }

  record Listed(@Nullable ImageFilter filter, @Nullable OwnImages own) {}

  record Named(String name, @Nullable OwnImages own) {}

  record Wanted(String name, @Nullable String architecture, @Nullable OwnImages own) {}

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
  List<KnownImage> list(Listed request) {
    var today = today();
    var filter = request.filter() == null ? ImageFilter.ALL : request.filter();
    var catalogue = catalogue(request.own());
    return catalogue.images().stream()
        .map(image -> KnownImage.on(today, image, catalogue))
        .filter(filter::takes)
        .toList();
  }

  @Op
  Optional<KnownImage> find(Named request) {
    var today = today();
    var catalogue = catalogue(request.own());
    return catalogue
        .find(request.name(), today)
        .map(image -> KnownImage.on(today, image, catalogue));
  }

  @Op
  KnownImage get(Named request) {
    var today = today();
    var catalogue = catalogue(request.own());
    return KnownImage.on(today, catalogue.get(request.name(), today), catalogue);
  }

  @Op
  Latest latest(Wanted request) {
    var today = today();
    var catalogue = catalogue(request.own());
    var image = catalogue.get(request.name(), today);
    var architecture = request.architecture() == null ? USUAL : request.architecture();
    var build = resolver(image).newest(image, architecture);
    warn(image, today);
    return new Latest(
        build.url(),
        storedAs(build, image),
        build.digest(),
        image.source().algorithm(),
        architecture,
        KnownImage.on(today, image, catalogue));
  }

  private Catalogue catalogue(@Nullable OwnImages own) {
    return own == null ? known : known.with(ImageOrigin.RECIPE, own.read(context.recipe().files()));
  }

  /** Where a recipe's own images lead, the recipe itself has to be allowed to go. */
  private ImageResolver resolver(CatalogueImage image) {
    var effects = known.images().contains(image) ? context.effects() : context.recipe();
    return new ImageResolver(new VendorFiles(effects.net()));
  }

  private void warn(CatalogueImage image, LocalDate today) {
    if (image.status(today) == ImageStatus.END_OF_LIFE) {
      var end = image.extendedUntil() == null ? image.endOfLife() : image.extendedUntil();
      context
          .log()
          .write(
              OpContext.Log.Level.WARN,
              image.name() + " gets no updates since " + end + ".",
              Map.of("image", image.id()));
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(context.effects().clock().now(), ZoneOffset.UTC);
  }

  /**
   * Proxmox refuses a qcow2 image that is called .img; and as vendors keep one name for all builds,
   * the digest's first digits keep two builds apart.
   */
  private static String storedAs(ImageResolver.Build build, CatalogueImage image) {
    var base = build.file().replaceFirst(SUFFIX, "");
    var packing = image.packing() == null ? "" : "." + image.packing().word();
    var suffix =
        image.packing() == CatalogueImage.Packing.TAR_XZ
            ? packing
            : "." + image.format().word() + packing;
    return base + "-" + build.digest().substring(0, 12) + suffix;
  }
}
