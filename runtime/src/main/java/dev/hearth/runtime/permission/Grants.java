package dev.hearth.runtime.permission;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Everything that one principal was granted. Immutable. */
public final class Grants {
  private static final Grants NONE = new Grants(Set.of());

  private final Set<Grant> all;

  private Grants(Collection<Grant> all) {
    this.all = new LinkedHashSet<>(all);
  }

  /** Nothing granted. */
  public static Grants none() {
    return NONE;
  }

  /** These permissions, all of one origin. */
  public static Grants of(Grant.Origin origin, Collection<? extends Permission> permissions) {
    return new Grants(
        permissions.stream().<Grant>map(permission -> new Grant(permission, origin)).toList());
  }

  /** Each grant with its origin, in the order in which they were given. */
  public List<Grant> list() {
    return List.copyOf(all);
  }

  /** The grants that allow {@code permission}, each on its own. */
  public Stream<Grant> covering(Permission permission) {
    return all.stream().filter(grant -> grant.permission().covers(permission));
  }

  /** A grant that allows {@code permission}; empty when none does. */
  public Optional<Grant> covers(Permission permission) {
    return covering(permission).findFirst();
  }

  /** Whether a grant allows {@code permission}. */
  public boolean allows(Permission permission) {
    return covers(permission).isPresent();
  }

  /** These and one more. */
  public Grants plus(Permission permission, Grant.Origin origin) {
    return union(of(origin, List.of(permission)));
  }

  /** What either allows. */
  public Grants union(Grants other) {
    return new Grants(Stream.concat(all.stream(), other.all.stream()).toList());
  }

  /**
   * What both allow, and never more than either: what a library gets that was granted {@code other}
   * and is imported by who has these.
   */
  public Grants intersection(Grants other) {
    return new Grants(
        all.stream()
            .flatMap(
                mine ->
                    other.all.stream()
                        .flatMap(
                            theirs ->
                                mine.permission().meet(theirs.permission()).stream()
                                    .map(both -> grant(both, mine, theirs))))
            .toList());
  }

  private static Grant grant(Permission both, Grant mine, Grant theirs) {
    return new Grant(both, mine.origin().meet(theirs.origin()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Grants that && all.equals(that.all);
  }

  @Override
  public int hashCode() {
    return all.hashCode();
  }

  @Override
  public String toString() {
    return all.toString();
  }
}
