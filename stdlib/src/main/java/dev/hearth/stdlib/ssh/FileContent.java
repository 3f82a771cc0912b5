package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;

/** What is to stand in a file, known by its hash before any of it is sent. */
record FileContent(String sha256, RemoteInput input) {
  private static final int CHUNK = 64 * 1024;

  static FileContent of(byte[] bytes) {
    return new FileContent(
        HexFormat.of().formatHex(Copying.sha256().digest(bytes)), RemoteInput.of(bytes));
  }

  /** The content of a file of this machine, of any size; it is read twice. */
  static FileContent of(Files files, Path source) {
    var digest = Copying.sha256();
    try (var input = files.open(source)) {
      var chunk = new byte[CHUNK];
      for (int count = input.read(chunk); count >= 0; count = input.read(chunk)) {
        digest.update(chunk, 0, count);
      }
    } catch (IOException e) {
      throw new HearthException(
              FileError.FAILED,
              VisibleText.of(source),
              VisibleText.of(Objects.requireNonNullElse(e.getMessage(), "the system refused")))
          .causedBy(e);
    }
    return new FileContent(
        HexFormat.of().formatHex(digest.digest()),
        output -> {
          try (var input = files.open(source)) {
            input.transferTo(output);
          }
        });
  }
}
