package dev.hearth.terminal;

/** What a piece of text is, which decides its colour. */
public enum Role {
  ERROR("1;31"),
  WARNING("1;33"),
  GOOD("32"),
  HINT("36"),
  STRONG("1"),
  FAINT("2"),
  PLACE("36"),
  KEY("34"),
  STRING("32"),
  NUMBER("33"),
  LITERAL("35");

  private final String sgr;

  Role(String sgr) {
    this.sgr = sgr;
  }

  String sgr() {
    return sgr;
  }
}
