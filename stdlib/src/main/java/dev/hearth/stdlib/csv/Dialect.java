package dev.hearth.stdlib.csv;

import org.jspecify.annotations.Nullable;

/** The two signs in which CSV files differ. */
record Dialect(char delimiter, char quote) {
  static Dialect of(@Nullable String delimiter, @Nullable String quote) {
    var dialect = new Dialect(sign("delimiter", delimiter, ','), sign("quote", quote, '"'));
    if (dialect.delimiter == dialect.quote) {
      throw new IllegalArgumentException("`delimiter` and `quote` are the same.");
    }
    return dialect;
  }

  private static char sign(String option, @Nullable String given, char usual) {
    if (given == null) {
      return usual;
    }
    if (given.length() != 1 || "\r\n\ufeff".contains(given)) {
      throw new IllegalArgumentException(
          "`" + option + "` is one character, and none that ends a line.");
    }
    return given.charAt(0);
  }
}
