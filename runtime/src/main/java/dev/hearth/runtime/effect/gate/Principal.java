package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.permission.Grant;
import dev.hearth.runtime.permission.Grants;
import dev.hearth.runtime.permission.Permission;
import java.util.List;

/**
 * Who asks at the gate.
 *
 * @param name for messages and the audit record: {@code template.js}, {@code hearth:proxmox}
 * @param grants what it was granted
 */
public record Principal(String name, Grants grants) {
  /**
   * A binding that works through one connection for this principal: what the connection's
   * configuration names is open to it, and to nobody else. Of a connection that the recipe spelled
   * out only what the user named: such a recipe would grant itself what it likes.
   *
   * @param binding its name for messages
   * @param reach what {@code Binding.reach} or {@code Binding.reachOfUser} returned
   */
  public Principal through(String binding, List<Permission> reach) {
    return new Principal(binding, grants.union(Grants.of(Grant.Origin.CONNECTION, reach)));
  }

  /** The same grants under another name, for a binding without a connection. */
  public Principal named(String better) {
    return new Principal(better, grants);
  }
}
