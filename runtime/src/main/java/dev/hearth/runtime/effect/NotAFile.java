package dev.hearth.runtime.effect;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Something else than a file stands where one is to be read; {@link #what} says what. */
public final class NotAFile extends FileSystemException {
  private final String what;

  /**
   * A refusal to read.
   *
   * @param what such as {@code a folder}
   */
  public NotAFile(Path path, String what) {
    super(path.toString(), null, "it is " + what);
    this.what = what;
  }

  /** What it is instead, such as {@code a folder}. */
  public String what() {
    return what;
  }
}
