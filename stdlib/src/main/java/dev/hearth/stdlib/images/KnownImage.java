package dev.hearth.stdlib.images;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.LocalDate;

/**
 * An image as it is today.
 *
 * @param cpu the Proxmox CPU type that it runs on
 * @param delivery how it comes to a node
 */
record KnownImage(
    @JsonUnwrapped CatalogueImage facts,
    ImageStatus status,
    String cpu,
    CatalogueImage.Delivery delivery) {
  static KnownImage on(LocalDate today, CatalogueImage image) {
    return new KnownImage(image, image.status(today), image.cpu(), image.delivery());
  }
}
