package dev.hearth.runtime.storage;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which Hearth's own files can fail on purpose. */
public enum StorageError implements ErrorCode {
  FOLDER_NOT_CREATED(
      "Hearth's folder %s cannot be created.",
      "Make its parent folder writable, or choose another place with the variables"
          + " `HEARTH_CONFIG_HOME`, `HEARTH_STATE_HOME`, `HEARTH_DATA_HOME` and"
          + " `HEARTH_CACHE_HOME`."),
  FOLDER_OPEN_TO_OTHERS(
      "Others than you may write into Hearth's folder %s (mode %s).",
      "Look at what is in it, then take the right away: `chmod go-w %1$s`."),
  /** Arguments: the file, the folder. */
  NO_FOLDER(
      "%s cannot be kept: there is no folder `%s`.",
      "Make it with `mkdir -p '%2$s'`, or name a file in a folder that exists."),
  /** Arguments: the file, what it is. */
  NOT_A_FILE("%s is no file: it is %s.", "Name a file, or one that does not exist yet."),
  DEAD_LINK(
      "%s is a link to something that does not exist.",
      "Make what it leads to available, or remove the link."),
  NOT_REMOVED("%s cannot be removed.", "Remove it yourself: it may hold secrets."),
  NOT_READ("%s cannot be read.", "Check that you may read it and that it is a file."),
  NOT_WRITTEN(
      "%s cannot be written.", "Check the free space of its disk and that you may write there."),
  TOO_BIG(
      "%s has, or would have, more than %s bytes.", "Look at what is in it, and make it smaller."),
  NOT_JSON("%s is not valid JSON: the mistake is at line %s, column %s.", "Correct that line."),
  NOT_AN_OBJECT("%s holds no JSON object.", "Write it as `{ … }`."),
  READABLE_BY_OTHERS(
      "Others than you may read %s, which holds secrets (mode %s).",
      "Close it with `chmod 600 %1$s`, and renew the secrets in it if others use this machine.");

  private final ErrorText text;

  StorageError(String message, String hint) {
    this.text = ErrorText.of("storage", name(), ErrorKind.USAGE, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
