package dev.hearth.stdlib.proxmox.sim.copy;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Why a Proxmox VE cannot be copied. */
enum CopyError implements ErrorCode {
  COPY_UNEXPECTED(
      "`%s` answered %s.",
      "Check that the connection leads to a Proxmox VE itself; if it does, report this with the"
          + " version of it."),
  COPY_LARGE(
      "`%s` answered %s, more than a simulator is made for.",
      "Use a connection whose token may see less, such as one pool."),
  COPY_VERSION(
      "Proxmox VE %s cannot be simulated.",
      "Copy one of version 7, 8 or 9, or simulate a new one."),
  COPY_UNTOLD(
      "`%s` was refused, and without it there is nothing to copy.",
      "Use a token whose user may see the cluster, such as with the role PVEAuditor on `/`.");

  private final ErrorText text;

  CopyError(String message, String hint) {
    this.text = ErrorText.of("proxmox", name(), ErrorKind.SYSTEM, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
