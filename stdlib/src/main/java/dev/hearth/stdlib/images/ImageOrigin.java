package dev.hearth.stdlib.images;

/** Who says that an image is there; each may put one of its own in the place of those before. */
enum ImageOrigin implements Word {
  /** It ships with Hearth. */
  SHIPPED,
  /** The user wrote it down in images.json. */
  USER,
  /** The recipe brought it along. */
  RECIPE
}
