package dev.hearth.stdlib.images;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The forms in which vendors publish checksums. */
public enum ChecksumFormat {
  /** Lines of {@code HEX NAME} or {@code HEX *NAME}, as coreutils write them. */
  COREUTILS,
  /** Lines of {@code SHA256 (NAME) = HEX}. */
  BSD,
  /** The digest alone. */
  BARE,
  /** Lines of one of these forms inside an OpenPGP clear-signed message. */
  CLEAR_SIGNED,
  /** A JSON document with an address and a digest in one object. */
  JSON;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
