package dev.hearth.stdlib.yaml;

/** Texts that a reader of YAML 1.1 or 1.2 takes for something else when they have no quotes. */
final class Ambiguous {
  private Ambiguous() {}

  static boolean is(String text) {
    return switch (text) {
      case "y", "Y", "n", "N", "<<", "=" -> true;
      default ->
          PlainScalar.json(text, Version.V1_2) != null
              || PlainScalar.json(text, Version.V1_1) != null
              || isLikeANumber(text);
    };
  }

  /** Dates, times and numbers with underscores: readers disagree about them, so all get quotes. */
  private static boolean isLikeANumber(String text) {
    char first = text.charAt(0);
    if (first != '+' && first != '.' && (first < '0' || first > '9')) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if ("0123456789+-.:_eETtZ ".indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }
}
