package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.permission.Endpoint;
import dev.hearth.runtime.permission.Grant;
import dev.hearth.runtime.permission.Grants;
import dev.hearth.runtime.permission.HostPattern;
import dev.hearth.runtime.permission.IpRange;
import dev.hearth.runtime.permission.Permission;
import java.net.InetAddress;

/**
 * What a host that was granted turned out to be.
 *
 * <p>Whoever owns a name decides what it resolves to, today and again in a minute. A user who
 * grants {@code net=example.org:443} means a host out there, not the router, the database on this
 * machine or a cloud's metadata service. So a name opens the public addresses it has, and others
 * only where the owner of the name cannot have chosen them:
 *
 * <ul>
 *   <li>addresses that are granted themselves ({@code net=192.168.1.0/24:443}), or {@code all};
 *   <li>every address of a name that the user's own connection names;
 *   <li>this machine, for the name {@code localhost};
 *   <li>private networks, never this machine nor link-local, for a name that public DNS cannot have
 *       ({@code nas}, {@code nas.lan}, {@code nas.home.arpa}).
 * </ul>
 */
record ResolvedAddress(HostPattern host, int port, IpRange address) {
  static ResolvedAddress of(HostPattern host, int port, InetAddress address) {
    return new ResolvedAddress(host, port, IpRange.of(address));
  }

  static String text(InetAddress address) {
    return IpRange.of(address).toString();
  }

  /** The permission that would open the address whatever its name. */
  Permission permission() {
    return new Permission.Net(new Endpoint.Tcp(new HostPattern.Addresses(address), port));
  }

  /** Whether {@code grants}, which allow the name, allow the address too. */
  boolean isOpen(Grants grants) {
    return address.isPublic()
        || grants.allows(permission())
        || grants
            .covering(new Permission.Net(new Endpoint.Tcp(host, port)))
            .anyMatch(this::isOpenBy);
  }

  private boolean isOpenBy(Grant grant) {
    if (grant.origin() == Grant.Origin.CONNECTION) {
      return true;
    }
    return grant.permission() instanceof Permission.Net(Endpoint.Tcp(var pattern, _))
        && !(pattern instanceof HostPattern.Any)
        && host instanceof HostPattern.Name name
        && (name.isThisMachine() ? address.isLoopback() : name.isLocal() && address.isPrivate());
  }
}
