package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.permission.Grant;
import dev.hearth.runtime.permission.Grants;
import dev.hearth.runtime.permission.Permission;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who asks at the gate.
 *
 * @param name for messages and the audit record: {@code template.js}, {@code hearth:proxmox}
 * @param grants what it was granted
 * @param advice the hint of its refusals, where more grants would not help
 * @param own the folder among Hearth's own that is this one's, and closed to all others
 */
public record Principal(String name, Grants grants, Optional<String> advice, Optional<Path> own) {
  public Principal(String name, Grants grants) {
    this(name, grants, Optional.empty(), Optional.empty());
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
    return new Principal(
        binding, grants.union(Grants.of(Grant.Origin.CONNECTION, reach)), advice, own);
  }

  /** The same grants under another name, for a binding without a connection. */
  public Principal named(String better) {
    return new Principal(better, grants, advice, own);
  }

  /** The same, whose refusals advise {@code hint}. */
  public Principal advising(String hint) {
    return new Principal(name, grants, Optional.of(hint), own);
  }

  /**
   * The same, which may read, change and run what is in a folder of Hearth's that nothing else
   * opens.
   */
  public Principal owning(Path folder) {
    var both = List.of(new Permission.Read(folder), new Permission.Write(folder));
    return new Principal(
        name, grants.union(Grants.of(Grant.Origin.CONNECTION, both)), advice, Optional.of(folder));
  }
}
