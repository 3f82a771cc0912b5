package dev.hearth.runtime.module.typescript;

import org.jspecify.annotations.Nullable;

/** A text that is not JavaScript with types: it has more, or it is something else. */
public final class NotErasableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient @Nullable Unerasable construct;
  private final int offset;

  NotErasableException(@Nullable Unerasable construct, int offset) {
    super(construct == null ? "unexpected text" : construct.what());
    this.construct = construct;
    this.offset = offset;
  }

  /** What cannot be taken out; {@code null} when the text at {@link #offset} was not understood. */
  public @Nullable Unerasable construct() {
    return construct;
  }

  public int offset() {
    return offset;
  }
}
