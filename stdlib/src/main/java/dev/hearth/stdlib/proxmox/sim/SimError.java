package dev.hearth.stdlib.proxmox.sim;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** What may be wrong with how a simulated Proxmox is asked for. */
enum SimError implements ErrorCode {
  FAULT_WRONG(
      "`%s` is no fault of a simulated Proxmox.",
      "Write `METHOD PATH:WHAT[:COUNT]` with `timeout`, `no-route`, `dropped`, `lost` or a status"
          + " from 400 to 599 with a sentence, or `task TYPE:WHAT[:COUNT]` with `failed` or"
          + " `failed-after`, or `guest NAME:WHAT`, or `node NAME:down`, as in `POST"
          + " /nodes/*/qemu:timeout:2`, `task qmclone:failed` and `guest web:no-agent`."),
  NODE_UNKNOWN("`%s` is no node of this simulated Proxmox.", "Its nodes are: %2$s.");

  private final ErrorText text;

  SimError(String sentence, String hint) {
    this.text = ErrorText.of("proxmox", name(), ErrorKind.USAGE, sentence, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
