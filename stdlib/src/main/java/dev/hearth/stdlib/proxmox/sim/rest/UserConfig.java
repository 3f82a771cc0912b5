package dev.hearth.stdlib.proxmox.sim.rest;

import dev.hearth.stdlib.proxmox.sim.base.Refusal;

/** Changes of {@code user.cfg}, whose failures Proxmox introduces by what was tried. */
final class UserConfig {
  private UserConfig() {}

  /**
   * Runs a change.
   *
   * @param failed what stands before the reason, such as {@code create user failed}
   */
  static void change(String failed, Runnable change) {
    try {
      change.run();
    } catch (Refusal e) {
      throw Refusal.die(failed + ": " + e.text());
    }
  }
}
