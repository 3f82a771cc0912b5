package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which moving content to and from a host fails on purpose. */
enum TransferError implements ErrorCode {
  /** Arguments: the path, where it is. */
  TARGET_IS_FOLDER(
      ErrorKind.RECIPE,
      "`%s` on %s is a folder, and a file cannot take its place.",
      "End the path with `/` to put the file into it."),
  /** Arguments: the path, where it is. */
  SOURCE_NOT_COPIED(
      ErrorKind.RECIPE,
      "`%s` on %s is neither a file nor a folder.",
      "Devices, pipes and sockets are not copied; name a file."),
  /** Arguments: the path, the host, what it is there, what it is here. */
  CHECKSUM_WRONG(
      ErrorKind.SYSTEM,
      "`%s` is not the same on `%s` and here: SHA-256 %s there, %s here.",
      "Try again; when it happens again, check the disks, or who writes to the file meanwhile."),
  /** Arguments: the path, the host, its size, the limit. */
  FILE_TOO_LARGE(
      ErrorKind.RECIPE,
      "`%s` on `%s` has %d bytes, and at most %d are read into a recipe.",
      "Use `download`, which has no limit."),
  /** Arguments: the folder, the host. */
  FOLDER_NOT_EMPTY(
      ErrorKind.RECIPE,
      "The folder `%s` on `%s` is not empty.",
      "Pass `{ recursive: true }` to remove it with all that is in it."),
  /** Arguments: the path, where it is. */
  TOO_DEEP(
      ErrorKind.SYSTEM,
      "`%s` on %s has more folders within folders than are copied.",
      "Copy a part of it."),
  /** Arguments: the mode. */
  MODE(ErrorKind.RECIPE, "`%s` is no mode.", "Write it in octal digits, such as `'0644'`.");

  private final ErrorText text;

  TransferError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("ssh", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
