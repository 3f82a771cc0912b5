package dev.hearth.runtime.run;

import dev.hearth.runtime.permission.Grants;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.spi.OpContext;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a recipe uses without having declared it. A simulated run may, and is told so once, since a
 * real run would be refused.
 */
final class Undeclared {
  private final Optional<Grants> settled;
  private final OpContext.Log log;
  private final Set<Permission> told = ConcurrentHashMap.newKeySet();

  private Undeclared(Optional<Grants> settled, OpContext.Log log) {
    this.settled = settled;
    this.log = log;
  }

  /** Warns of all that {@code settled}, what was declared or granted by a flag, does not cover. */
  static Undeclared in(Grants settled, OpContext.Log log) {
    return new Undeclared(Optional.of(settled), log);
  }

  /** Warns of nothing: the gate refuses, or nothing is ever declared. */
  static Undeclared untold(OpContext.Log log) {
    return new Undeclared(Optional.empty(), log);
  }

  /** Notices the use of a simulated system, by the connection that the recipe named. */
  void used(Permission.Intent intent) {
    if (settled.isEmpty() || covers(settled.get(), intent) || !told.add(intent)) {
      return;
    }
    log.write(
        OpContext.Log.Level.WARN,
        ("The recipe does not declare that it will %s; a real run would refuse that."
                + " Add `%s` to its `permissions`.")
            .formatted(intent.words(), intent.declaration()),
        Map.of());
  }

  /** Which connection is the default is not known in a simulation: any may be meant. */
  private static boolean covers(Grants grants, Permission.Intent intent) {
    return grants.allows(intent)
        || (intent.connection().isEmpty()
            && grants.list().stream()
                .anyMatch(
                    grant ->
                        grant.permission() instanceof Permission.Intent other
                            && new Permission.Intent(
                                    other.binding(), Optional.empty(), other.access())
                                .covers(intent)));
  }
}
