package dev.hearth.stdlib.images;

import dev.hearth.stdlib.images.CatalogueImage.Delivery;
import dev.hearth.stdlib.images.CatalogueImage.Firmware;
import dev.hearth.stdlib.images.CatalogueImage.Kind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which images are wanted; what is not said is not asked for. */
record ImageFilter(
    @Nullable String family,
    @Nullable String release,
    @Nullable String architecture,
    @Nullable ImageStatus status,
    @Nullable String packageManager,
    @Nullable String init,
    @Nullable Kind kind,
    @Nullable Firmware firmware,
    @Nullable Boolean secureBoot,
    @Nullable Delivery delivery) {
  static final ImageFilter ALL =
      new ImageFilter(null, null, null, null, null, null, null, null, null, null);

  boolean takes(KnownImage known) {
    var image = known.facts();
    return isMet(family, image.family())
        && (release == null || release.equals(image.release()) || release.equals(image.codename()))
        && (architecture == null || image.architectures().containsKey(architecture))
        && isMet(status, known.status())
        && isMet(packageManager, image.packageManager())
        && isMet(init, image.init())
        && isMet(kind, image.kind())
        && (firmware == null || image.firmware().contains(firmware))
        && isMet(secureBoot, image.secureBoot())
        && isMet(delivery, known.delivery());
  }

  private static boolean isMet(@Nullable Object wanted, @Nullable Object there) {
    return wanted == null || Objects.equals(wanted, there);
  }
}
