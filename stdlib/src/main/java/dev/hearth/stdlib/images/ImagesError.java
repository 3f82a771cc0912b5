package dev.hearth.stdlib.images;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which finding an image fails on purpose. */
enum ImagesError implements ErrorCode {
  UNKNOWN(
      ErrorKind.RECIPE,
      "There is no image `%s` in the catalogue.",
      "List them with `images().list()`."),
  ARCHITECTURE(
      ErrorKind.RECIPE, "`%s` has no image for the architecture `%s`.", "Use one of: %3$s."),
  VENDOR_NOT_REACHED(
      ErrorKind.SYSTEM,
      "The checksums of `%s` cannot be had from its vendor: %s",
      "Check that this machine reaches the internet, or take an image of your own: the recipe"
          + " template.js has `--image-url` for it."),
  CHECKSUMS_NOT_READ(
      ErrorKind.SYSTEM,
      "The checksums of `%s` cannot be read: %s answered %d %s.",
      "Look at the address in a browser; the vendor may have moved it."),
  NO_CHECKSUM(
      ErrorKind.SYSTEM,
      "The checksum file %2$s says nothing about `%1$s`.",
      "The vendor may have renamed the image; give its address and checksum yourself.");

  private final ErrorText text;

  ImagesError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("images", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
