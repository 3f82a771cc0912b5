package dev.hearth.runtime.module.typescript;

/** The text is not what was tried; it is read in another way, or wrong. */
final class Mismatch extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int offset;

  Mismatch(int offset) {
    super(null, null, false, false); // it only says that an attempt failed, often
    this.offset = offset;
  }

  int offset() {
    return offset;
  }
}
