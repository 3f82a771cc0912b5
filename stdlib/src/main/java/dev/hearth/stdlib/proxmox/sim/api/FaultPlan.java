package dev.hearth.stdlib.proxmox.sim.api;

import dev.hearth.stdlib.proxmox.sim.api.CallFault.Outcome;
import java.util.Optional;

/**
 * Sees every call as it arrives, in order, and decides what goes wrong with it. For tests that go
 * through all calls of a piece of work; {@link CallFault} names a single one.
 */
@FunctionalInterface
public interface FaultPlan {
  /**
   * One call, before anything is done for it; not under the world's lock.
   *
   * @param method such as {@code POST}
   * @param path decoded, without {@code /api2/json}
   * @return what happens to it; empty to let it be
   */
  Optional<Outcome> at(String method, String path);
}
