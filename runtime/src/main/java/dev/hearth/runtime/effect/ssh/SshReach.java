package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.permission.Endpoint;
import dev.hearth.runtime.permission.Permission;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The effects that logging in to a host takes: what a granted intent opens for a connection to it.
 */
public final class SshReach {
  private SshReach() {}

  /** All of them: the first host on the way, and the user's own files. */
  public static List<Permission> of(SshTarget target) {
    var reach = new ArrayList<Permission>();
    reach.add(net(target.way().getFirst().address())); // the others are reached from there
    reach.addAll(files(target, false));
    return reach;
  }

  /**
   * Keys, known hosts and the agent.
   *
   * @param keyIsForeign whether somebody else than the user named the key of the target itself,
   *     which then needs a grant as every file does
   */
  public static List<Permission> files(SshTarget target, boolean keyIsForeign) {
    var reach = new ArrayList<Permission>();
    for (var host : target.way()) {
      for (var identity : host.identities()) {
        if (!keyIsForeign || !host.equals(target)) {
          reach.add(read(identity.file()));
          reach.add(read(identity.file() + ".pub"));
          reach.add(read(identity.file() + "-cert.pub"));
        }
      }
      host.certificates().forEach(file -> reach.add(read(file)));
      host.knownHosts().forEach(file -> reach.add(read(file)));
      host.globalKnownHosts().forEach(file -> reach.add(read(file)));
      host.knownHosts().stream()
          .findFirst()
          .ifPresent(file -> reach.add(new Permission.Write(Path.of(file))));
      if (host.agent() != null) {
        reach.add(new Permission.Net(new Endpoint.Unix(Path.of(host.agent()))));
      }
    }
    return reach.stream().distinct().toList();
  }

  private static Permission read(String file) {
    return new Permission.Read(Path.of(file));
  }

  /** The address itself. */
  public static Permission net(NetAddress address) {
    return Endpoint.of(address.host(), address.port())
        .map(endpoint -> (Permission) new Permission.Net(endpoint))
        .orElseThrow(() -> new HearthException(SshError.HOST_MALFORMED, address));
  }
}
