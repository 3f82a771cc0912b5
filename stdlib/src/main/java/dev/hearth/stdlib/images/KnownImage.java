package dev.hearth.stdlib.images;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An image as it is today.
 *
 * @param cpu the Proxmox CPU type that it runs on
 * @param delivery how it comes to a node
 * @param origin who says that it is there
 * @param overrides in whose place it stands; null where there was none of its id
 */
record KnownImage(
    @JsonUnwrapped CatalogueImage facts,
    ImageStatus status,
    String cpu,
    CatalogueImage.Delivery delivery,
    ImageOrigin origin,
    @Nullable ImageOrigin overrides) {
  static KnownImage on(LocalDate today, CatalogueImage image, Catalogue catalogue) {
    var from = catalogue.origin(image);
    return new KnownImage(
        image, image.status(today), image.cpu(), image.delivery(), from.origin(), from.overrides());
  }
}
