package dev.hearth.stdlib.images;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How long an image goes on getting updates, seen from one day. */
public enum ImageStatus {
  /** The vendor's usual updates come. */
  SUPPORTED,
  /** Long-term or paid updates come. */
  EXTENDED,
  /** Nothing comes any more. */
  END_OF_LIFE,
  /** There are no releases: it goes on. */
  ROLLING;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
