package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which using the files of a host fails on purpose. */
public enum RemoteFileError implements ErrorCode {
  /** Arguments: the host. */
  SFTP_MISSING(
      ErrorKind.SYSTEM,
      "`%s` offers no SFTP.",
      "Enable `Subsystem sftp internal-sftp` in its sshd_config, or use commands."),
  /** Arguments: the path. */
  PATH_MALFORMED(
      ErrorKind.RECIPE, "`%s` is no path.", "Give one without a NUL character, not empty."),
  /** Arguments: the path, the host. */
  FILE_NOT_FOUND(
      ErrorKind.SYSTEM,
      "`%s` does not exist on `%s`.",
      "Check the path; one without a `/` in front begins where the user's login begins."),
  /** Arguments: the path, the host, the user. */
  FILE_DENIED(
      ErrorKind.SYSTEM,
      "`%s` on `%s` is not open to `%s`.",
      "Look at its owner and mode with `stat`, or log in as a user who may."),
  /** Arguments: the path, the host, what the host said. */
  FILE_FAILED(
      ErrorKind.SYSTEM,
      "`%s` could not be used on `%s`: %s.",
      "Check what stands at that path, and whether there is room on its disk."),
  /** Arguments: the host, the folder, the name. */
  NAME_REFUSED(
      ErrorKind.SYSTEM,
      "`%s` says that in `%s` there is something named `%s`, which no file can be.",
      "Do not trust that host: whoever answers there tries to lead out of the folder.");

  private final ErrorText text;

  RemoteFileError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("ssh", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
