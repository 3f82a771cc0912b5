package dev.hearth.runtime.spi;

import java.nio.file.Path;

/**
 * Where a binding keeps programs that it installed for the user: a folder of its own in Hearth's
 * data. {@link OpContext#effects} of this binding reads, changes and runs what is in it; for
 * recipes and for other bindings it is as closed as all that is Hearth's.
 */
public interface ProgramFolder {
  /** Absolute; nothing is there before something was installed. */
  Path path();

  /**
   * Makes it, and what is missing above it, with mode 0700. Doing so twice is fine.
   *
   * @throws dev.hearth.runtime.HearthException where it cannot be made, or others may write into it
   */
  void make();
}
