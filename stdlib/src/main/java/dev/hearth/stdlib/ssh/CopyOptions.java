package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.permission.VisibleText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How files are copied.
 *
 * @param preserve whether modes and times are those of the source
 * @param verify whether the SHA-256 of each file is compared before it gets its name
 * @param mode of every file, whatever the source has
 */
record CopyOptions(boolean preserve, boolean verify, Optional<FileMode> mode) {
  static Optional<FileMode> mode(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    if (!text.matches("0?[0-7]{3}")) {
      throw new HearthException(TransferError.MODE, VisibleText.of(text));
    }
    return Optional.of(new FileMode(Integer.parseInt(text, 8)));
  }
}
