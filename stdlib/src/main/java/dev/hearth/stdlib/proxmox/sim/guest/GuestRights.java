package dev.hearth.stdlib.proxmox.sim.guest;

import dev.hearth.stdlib.proxmox.sim.access.Rights;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may do with one guest.
 *
 * @param pool the pool that a new guest goes to, whose rights then count as well
 */
public record GuestRights(Rights rights, int vmid, @Nullable String pool) {
  /** Refuses who may not make the guest, without saying what lacks. */
  public void needAllocate() {
    if (!rights.has("/vms/" + vmid, "VM.Allocate")
        && (pool == null || !rights.has("/pool/" + pool, "VM.Allocate"))) {
      throw Refusal.permission();
    }
  }

  /** Refuses unless the caller has this privilege on the guest, or on the pool it goes to. */
  public void need(String privilege) {
    if (pool == null || !rights.has("/pool/" + pool, privilege)) {
      rights.check("/vms/" + vmid, privilege);
    }
  }
}
