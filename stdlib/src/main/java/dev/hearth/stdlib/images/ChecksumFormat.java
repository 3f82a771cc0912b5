package dev.hearth.stdlib.images;

/** The forms in which vendors publish checksums. */
public enum ChecksumFormat implements Word {
  /** Lines of {@code HEX NAME} or {@code HEX *NAME}, as coreutils write them. */
  COREUTILS,
  /** Lines of {@code SHA256 (NAME) = HEX}. */
  BSD,
  /** The digest alone. */
  BARE,
  /** Lines of one of these forms inside an OpenPGP clear-signed message. */
  CLEAR_SIGNED,
  /** A JSON document with an address and a digest in one object. */
  JSON
}
