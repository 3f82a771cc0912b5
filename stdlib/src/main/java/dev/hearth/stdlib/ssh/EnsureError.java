package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which a host cannot be brought to a state that was asked for. */
enum EnsureError implements ErrorCode {
  /** Arguments: what, the host. */
  ENSURE_FAILED(
      ErrorKind.SYSTEM,
      "%s on `%s` could not be brought to the state that was asked for.",
      "Look at `details.stderr`."),
  /** Arguments: the option, why it cannot be. */
  SPEC_WRONG(ErrorKind.RECIPE, "`%s` %s.", "Correct what is given to `ensure`."),
  /** Arguments: the host, what its facts say. */
  NO_PACKAGE_MANAGER(
      ErrorKind.SYSTEM,
      "`%s` has no package manager that is known: apt, dnf, zypper, pacman or apk.",
      "Install there with `run`, as that system does it."),
  /** Arguments: the host, the first process. */
  NO_SERVICE_MANAGER(
      ErrorKind.SYSTEM,
      "`%s` runs neither systemd nor OpenRC, but `%s`.",
      "Start services there with `run`, as that system does it."),
  /** Arguments: the service, the host. */
  SERVICE_NOT_FOUND(
      ErrorKind.SYSTEM,
      "There is no service `%s` on `%s`.",
      "Install its package first; `systemctl list-unit-files` or `rc-service -l` lists them there."),
  /** Arguments: the path, the host, what stands there, what was asked for. */
  FILE_IN_THE_WAY(
      ErrorKind.SYSTEM,
      "`%s` on `%s` is a %s, where a %s was asked for.",
      "Remove it first, if nobody needs it.");

  private final ErrorText text;

  EnsureError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("ssh", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
