package dev.hearth.runtime.permission;

import java.util.Locale;

/** How far an intent goes on a system. */
public enum Access {
  READ,
  /** Includes {@link #READ}. */
  WRITE;

  boolean covers(Access other) {
    return compareTo(other) >= 0;
  }

  /** As it is written in permissions: {@code read}, {@code write}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
