package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.permission.Grant;
import dev.hearth.runtime.permission.Grants;
import dev.hearth.runtime.permission.Permission;
import java.util.List;
import java.util.Optional;

/**
 * Who asks at the gate.
 *
 * @param name for messages and the audit record: {@code template.js}, {@code hearth:proxmox}
 * @param grants what it was granted
 * @param advice the hint of its refusals, where more grants would not help
 */
public record Principal(String name, Grants grants, Optional<String> advice) {
  public Principal(String name, Grants grants) {
    this(name, grants, Optional.empty());
  }

  /**
   * A binding that works through one connection for this principal: what the connection's
   * configuration names is open to it, and to nobody else. Of a connection that the recipe spelled
   * out only what the user named: such a recipe would grant itself what it likes.
   *
   * @param binding its name for messages
   * @param reach what {@code Binding.reach} or {@code Binding.reachOfUser} returned
   */
  public Principal through(String binding, List<Permission> reach) {
    return new Principal(binding, grants.union(Grants.of(Grant.Origin.CONNECTION, reach)), advice);
  }

  /** The same grants under another name, for a binding without a connection. */
  public Principal named(String better) {
    return new Principal(better, grants, advice);
  }

  /** The same, whose refusals advise {@code hint}. */
  public Principal advising(String hint) {
    return new Principal(name, grants, Optional.of(hint));
  }
}
