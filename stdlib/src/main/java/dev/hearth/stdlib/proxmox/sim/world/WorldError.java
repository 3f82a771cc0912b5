package dev.hearth.stdlib.proxmox.sim.world;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Why a kept world of a simulated Proxmox cannot be taken up. */
enum WorldError implements ErrorCode {
  WORLD_NEWER(
      "The kept world of a simulated Proxmox has the form %s, and this Hearth knows none after %s.",
      "Use the newer Hearth that kept it, or begin with another file."),
  WORLD_DAMAGED(
      "The kept world of a simulated Proxmox is damaged: %s.",
      "Take an earlier copy of the file, or begin with another one.");

  private final ErrorText text;

  WorldError(String message, String hint) {
    this.text = ErrorText.of("proxmox", name(), ErrorKind.USAGE, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
