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
  NOT_A_FILE(ErrorKind.RECIPE, "`%s` is no path of a file.", "Name the file of your catalogue."),
  NOT_JSON(
      ErrorKind.USAGE,
      "The catalogue `%s` is not JSON from line %s on.",
      "Correct that line; texts stand in double quotes, and no comma is last."),
  INVALID(
      ErrorKind.USAGE,
      "The catalogue `%s` has a fault at %s: %s.",
      "Correct it; the page of `hearth:images` tells what an image consists of."),
  TWICE(
      ErrorKind.USAGE,
      "The name `%s` belongs to two images, `%s` and `%s`.",
      "Give one of them another `id`, or another alias."),
  VENDOR_NOT_REACHED(
      ErrorKind.SYSTEM,
      "The %s of `%s` cannot be had from its vendor: %s",
      "Check that this machine reaches the internet, or take an image of your own: the recipe"
          + " template.js has `--image-url` for it."),
  NOT_READ(
      ErrorKind.SYSTEM,
      "The %s of `%s` cannot be read: %s answered %d %s.",
      "Look at the address in a browser; the vendor may have moved it."),
  NO_BUILD(
      ErrorKind.SYSTEM,
      "The vendor's list %2$s has no build of `%1$s`.",
      "The vendor may have renamed its images; give an image's address and checksum yourself."),
  CHECKSUMS_NOT_UNDERSTOOD(
      ErrorKind.SYSTEM,
      "The checksums of `%s` at %s are not what its vendor used to publish: %s.",
      "Look at the address in a browser; a portal or a proxy may have answered in its place."),
  NO_CHECKSUM(
      ErrorKind.SYSTEM,
      "The checksum file %2$s says nothing about `%1$s`.",
      "The vendor may have renamed the image; give its address and checksum yourself."),
  CHECKSUM_AMBIGUOUS(
      ErrorKind.SYSTEM,
      "The checksum file %2$s has two different checksums of `%1$s`.",
      "Try again later: the vendor may be publishing a new build just now.");

  private final ErrorText text;

  ImagesError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("images", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
