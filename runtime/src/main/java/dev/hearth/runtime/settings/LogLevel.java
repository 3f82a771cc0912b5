package dev.hearth.runtime.settings;

import java.util.Locale;

/** How much Hearth tells in its own log; each level tells all that the ones before it tell. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE;

  /** Reads one as people write it: in small letters. */
  static LogLevel parse(String text) {
    for (var level : values()) {
      if (level.text().equals(text)) {
        return level;
      }
    }
    throw new IllegalArgumentException(text);
  }

  /** As it is written, such as {@code info}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
