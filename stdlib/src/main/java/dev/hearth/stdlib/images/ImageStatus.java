package dev.hearth.stdlib.images;

/** How long an image goes on getting updates, seen from one day. */
public enum ImageStatus implements Word {
  /** The vendor's usual updates come. */
  SUPPORTED,
  /** Long-term or paid updates come. */
  EXTENDED,
  /** Nothing comes any more. */
  END_OF_LIFE,
  /** There are no releases: it goes on. */
  ROLLING
}
