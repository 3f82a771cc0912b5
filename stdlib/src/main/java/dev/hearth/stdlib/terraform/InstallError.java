package dev.hearth.stdlib.terraform;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which installing Terraform or OpenTofu, or finding what was installed, fails. */
enum InstallError implements ErrorCode {
  /** Argument: what was typed. */
  VERSION_WRONG(
      ErrorKind.USAGE,
      "`%s` is no version of Terraform or OpenTofu.",
      "Write all three numbers, such as `1.11.4`, or `1.12.0-rc1`."),
  /** Argument: the release. */
  NOT_INSTALLED(
      ErrorKind.USAGE,
      "`%s` was not installed by Hearth.",
      "List what was: `hearth terraform list`; `hearth terraform install VERSION` installs one."),
  /** Arguments: the field, what is wrong. */
  SETTING_WRONG(
      ErrorKind.USAGE,
      "`%s` of this connection of terraform cannot be used: %s.",
      "Correct it: `hearth connect show terraform NAME`, `hearth connect add terraform NAME …`."),
  /** Argument: the release. */
  NOT_FOR_THIS_MACHINE(
      ErrorKind.SYSTEM,
      "There is no `%s` for this kind of machine.",
      "Build it yourself, and name it: `hearth connect add terraform NAME --program PATH`."),
  /** Arguments: the address, why. */
  NOT_HAD(
      ErrorKind.SYSTEM,
      "`%s` cannot be had: %s",
      "Check the version. Without internet, name a mirror: `hearth connect add terraform NAME --mirror URL`."),
  /** Arguments: the address, the limit in MiB. */
  TOO_LARGE(
      ErrorKind.SYSTEM,
      "`%s` is larger than %d MiB.",
      "Look at what stands at this address: no release is as large."),
  /** Argument: the file. */
  KEY_NOT_READ(
      ErrorKind.USAGE,
      "In `%s` there is no public key of OpenPGP.",
      "Put there what `gpg --export --armor KEY` prints."),
  /** Arguments: the address of the signature, why. */
  SIGNATURE_WRONG(
      ErrorKind.SYSTEM,
      "The signature `%s` does not count: %s.",
      "Trust nothing from there until you know why. Where releases are signed with another key, name its file: `hearth connect add terraform NAME --key FILE`."),
  /** Arguments: the address of the checksums, the archive. */
  NO_CHECKSUM(
      ErrorKind.SYSTEM,
      "`%s` has no checksum of `%s`.",
      "Check the version, and whether the mirror holds the files of another one."),
  /** Arguments: the address of the archive, what it has, what it should have. */
  CHECKSUM_WRONG(
      ErrorKind.SYSTEM,
      "`%s` has the SHA-256 `%s`, and its maker signed `%s`.",
      "Get the mirror in order, or use another one: what stands there is broken, or was changed."),
  /** Arguments: the address of the archive, the program, what is wrong. */
  ARCHIVE_WRONG(
      ErrorKind.SYSTEM,
      "`%s` is no archive with `%s`: %s.",
      "Look at what is published there; nothing of it was kept.");

  private final ErrorText text;

  InstallError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("terraform", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
