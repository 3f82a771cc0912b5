package dev.hearth.runtime.effect;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which using a file fails on purpose. The first argument is always the path. */
public enum FileError implements ErrorCode {
  NOT_FOUND(ErrorKind.RECIPE, "There is no `%s`.", "Check the path, or ask with `exists` before."),
  ALREADY_EXISTS(
      ErrorKind.RECIPE, "`%s` already exists.", "Choose another name, or delete it before."),
  NOT_A_FOLDER(ErrorKind.RECIPE, "`%s` is not a folder.", "Check the path."),
  NOT_A_FILE(ErrorKind.RECIPE, "`%s` is not a file.", "Check the path; folders are listed."),
  NOT_EMPTY(ErrorKind.RECIPE, "The folder `%s` is not empty.", "Delete it with all that is in it."),
  DENIED(
      ErrorKind.SYSTEM,
      "The system does not let you use `%s`.",
      "Check who owns it and its mode, with `ls -ld`."),
  OTHER_FILE_SYSTEM(
      ErrorKind.SYSTEM,
      "`%s` cannot be moved to another file system.",
      "Copy it and delete the original."),
  LINK_IN_THE_WAY(
      ErrorKind.SYSTEM,
      "On the way to `%s` stands a link that is not followed.",
      "Check where it leads: to nothing, or it was put there while the recipe ran."),
  NOT_A_LINK(ErrorKind.RECIPE, "`%s` is not a link.", "Ask with `lstat` before."),
  /** Arguments: the path, what it was to lead to. */
  LINK_TARGET(
      ErrorKind.RECIPE,
      "`%s` cannot be a link to `%s`: in it `..` stands behind a name.",
      "Write each `..` before all names, or the path from the root on."),
  INTERRUPTED(
      ErrorKind.INTERRUPTED, "Using `%s` was interrupted.", "Run it again when you are ready."),
  /** Arguments: the path, what the system said. */
  FAILED(
      ErrorKind.SYSTEM,
      "`%s` could not be used: %s.",
      "Check the disk, and that nothing else changes the folder.");

  private final ErrorText text;

  FileError(ErrorKind kind, String message, String hint) {
    text = ErrorText.of("file", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
